import { SigningError } from './errors.ts'

/** A message's body, as sent or as received: bytes, or text that goes over the wire as UTF-8. */
export type MessageBody = string | Uint8Array | ArrayBuffer

/** The bytes that a signature covers: `id.timestamp.` and then the body. */
export interface SignedContent {
  readonly head: string
  readonly body: string | Uint8Array
  /** Both as one run of bytes, copied once: what happens to the body later changes nothing. */
  readonly bytes: () => Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()

/**
 * Puts together what is signed; the id and the timestamp must have been checked.
 *
 * @example
 * signedContent('msg_1', '1614265330', 'hi').bytes() // the bytes of 'msg_1.1614265330.hi'
 *
 * @throws {SigningError} with `bad-body`
 */
export function signedContent(id: string, timestamp: string, body: MessageBody): SignedContent {
  const head = `${id}.${timestamp}.`
  const raw = rawBody(body)
  let joined: Uint8Array<ArrayBuffer> | undefined

  const bytes = () => {
    joined ??= join(head, raw)
    return joined
  }
  return { head, body: raw, bytes }
}

function rawBody(body: MessageBody): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  // by kind, not by constructor: bytes may come from another realm
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body)
  throw new SigningError(
    'bad-body',
    'The body is neither bytes nor text; give it as it goes over the wire, before it is parsed.',
  )
}

function join(head: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return encoder.encode(head + body)

  const bytes = new Uint8Array(head.length + body.length)
  encoder.encodeInto(head, bytes) // head is ASCII: one byte a character
  bytes.set(body, head.length)
  return bytes
}
