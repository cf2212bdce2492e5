import type { CallbackDefinition } from '@ringback/core'
import type { ResponseBody } from '../transport/read-response-body.ts'

/** An answer as the callback declares it, or what is wrong with it. */
export type DeclaredResponse =
  | { readonly ok: true; readonly value: { readonly status: number; readonly body: unknown } }
  | { readonly ok: false; readonly detail: string }

/** Checks an answer against the callback's declared responses. */
export async function readDeclaredResponse(
  callback: CallbackDefinition,
  status: number,
  body: ResponseBody | undefined,
): Promise<DeclaredResponse> {
  const { responses } = callback
  const declared =
    responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default
  if (declared === undefined) {
    return {
      ok: false,
      detail: `the receiver answered ${status}, which the callback does not declare`,
    }
  }
  const { schema } = declared
  if (schema === undefined) return { ok: true, value: { status, body: undefined } }

  const wrong = {
    ok: false,
    detail: `the receiver's ${status} answer breaks its declaration`,
  } as const
  let parsed: unknown
  try {
    parsed = JSON.parse(body?.text ?? '')
  } catch {
    return wrong
  }
  const checked = await schema['~standard'].validate(parsed)
  return checked.issues ? wrong : { ok: true, value: { status, body: checked.value } }
}
