import { SigningError } from './errors.ts'

/** The body of a message as sent or received: bytes, or text that is sent as UTF-8. */
export type RawBody = string | Uint8Array | ArrayBuffer

/** The bytes that a signature covers: `id.timestamp.` and then the body. */
export interface SignedContent {
  readonly head: string
  readonly body: string | Uint8Array
  /** Gives both as one byte array, copied at the first call: later changes of the body have no effect. */
  readonly bytes: () => Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()

/**
 * Puts together the content to sign; the id and the timestamp must have been checked.
 *
 * @example
 * createSignedContent('msg_1', '1614265330', 'hi').bytes() // the bytes of 'msg_1.1614265330.hi'
 *
 * @throws {SigningError} with `bad-body`
 */
export function createSignedContent(id: string, timestamp: string, body: RawBody): SignedContent {
  const head = `${id}.${timestamp}.`
  const raw = toBytesOrText(body)
  let joined: Uint8Array<ArrayBuffer> | undefined

  const bytes = () => {
    joined ??= concatenate(head, raw)
    return joined
  }
  return { head, body: raw, bytes }
}

function toBytesOrText(body: RawBody): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  // by kind, not by constructor: another realm has other constructors
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body)
  throw new SigningError(
    'bad-body',
    'The body is neither bytes nor text; give it as it goes over the wire, before parsing.',
  )
}

function concatenate(head: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return encoder.encode(head + body)

  const bytes = new Uint8Array(head.length + body.length)
  encoder.encodeInto(head, bytes) // head is ASCII: one byte a character
  bytes.set(body, head.length)
  return bytes
}
