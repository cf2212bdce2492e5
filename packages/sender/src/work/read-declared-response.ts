import type { OutgoingDefinition } from '@ringback/core'
import type { ResponseBody } from '../transport/read-response-body.ts'

/** A response as the callback declares it, or why it is not. */
export type DeclaredResponse =
  | { readonly ok: true; readonly value: { readonly status: number; readonly body: unknown } }
  | { readonly ok: false; readonly detail: string }

/** Checks a response against the responses that the callback declares. */
export async function readDeclaredResponse(
  callback: OutgoingDefinition,
  status: number,
  body: ResponseBody | undefined,
): Promise<DeclaredResponse> {
  const { responses } = callback
  const declared =
    responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default
  if (declared === undefined) {
    const detail = `the receiver responded ${status}, which the callback does not declare`
    return { ok: false, detail }
  }
  const { schema } = declared
  if (schema === undefined) return { ok: true, value: { status, body: undefined } }

  const detail = `the body of the receiver's ${status} response ${describeBody(body)}`
  let parsed: unknown
  try {
    parsed = parseJson(body?.text ?? '')
  } catch (error) {
    if (!(error instanceof RangeError)) return { ok: false, detail }
    return {
      ok: false,
      detail: `the body of the receiver's ${status} response has a number that is too large`,
    }
  }
  try {
    const checked = await schema['~standard'].validate(parsed)
    if (!checked.issues) return { ok: true, value: { status, body: checked.value } }
  } catch (error) {
    // the receiver has it: it must not be sent again for that
    const kind = error instanceof Error ? error.name : typeof error
    return {
      ok: false,
      detail: `${detail}: its schema threw (${kind}), for example since it is nested too deeply`,
    }
  }
  return { ok: false, detail }
}

// an exponent of three digits, or more digits than any finite number has
const MAY_OVERFLOW = /\de\+?\d{3}|\d{300}/i

/**
 * Parses JSON; 1e400 would be Infinity, which JSON cannot send on.
 *
 * @throws {SyntaxError} when it is not JSON
 * @throws {RangeError} when a number is too large
 */
function parseJson(text: string): unknown {
  if (!MAY_OVERFLOW.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError()
    return value
  })
}

const LONGEST_ENCODING = 40

/** Says why a body is not as declared; what it holds is never quoted. */
function describeBody(body: ResponseBody | undefined): string {
  if (body?.undecoded !== undefined) {
    const encoding = body.undecoded.slice(0, LONGEST_ENCODING)
    return `cannot be read: it is encoded as ${encoding}, although the request accepts identity alone`
  }
  if (body?.end === 'broken') return 'cannot be read: it was cut off, or is not encoded as it says'
  if (body?.end === 'capped') return 'cannot be read: it is longer than 64 KiB'
  return 'does not match its declaration'
}
