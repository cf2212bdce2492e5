import type { CallbackDefinition } from '@ringback/core'
import type { ResponseBody } from '../transport/read-response-body.ts'

/** A response as the callback declares it, or why it is not. */
export type DeclaredResponse =
  | { readonly ok: true; readonly value: { readonly status: number; readonly body: unknown } }
  | { readonly ok: false; readonly detail: string }

/** Checks a response against the responses that the callback declares. */
export async function readDeclaredResponse(
  callback: CallbackDefinition,
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

  const detail = `the body of the receiver's ${status} response does not match its declaration`
  let parsed: unknown
  try {
    parsed = JSON.parse(body?.text ?? '')
  } catch {
    return { ok: false, detail }
  }
  const checked = await schema['~standard'].validate(parsed)
  return checked.issues
    ? { ok: false, detail }
    : { ok: true, value: { status, body: checked.value } }
}
