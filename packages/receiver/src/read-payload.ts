import type { AnySchema } from '@ringback/core'
import {
  isTooDeep,
  loadOverflows,
  mayOverflow,
  problemResponse,
  toProblemIssues,
} from '@ringback/core/internal'

/** The value of a body that passed its schema, or the response to one that did not. */
export type Payload =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly response: Response }

/** Parses and validates a JSON body. */
export async function readPayload(
  schema: AnySchema | undefined,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Payload> {
  if (schema === undefined) return { ok: true, payload: undefined }
  let text: string
  let payload: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    payload = JSON.parse(text)
  } catch {
    return { ok: false, response: problemResponse(400, { detail: 'the body is not valid JSON' }) }
  }
  if (mayOverflow(text) && (await loadOverflows())(text)) {
    const detail = 'the body has a number that is too large'
    return { ok: false, response: problemResponse(400, { detail }) }
  }
  return validate('body', schema, payload)
}

/** Validates a part of a request. */
export async function validate(
  part: 'body' | 'header' | 'query',
  schema: AnySchema,
  value: unknown,
): Promise<Payload> {
  const name = part === 'body' ? 'payload' : part
  try {
    const checked = await schema['~standard'].validate(value)
    if (!checked.issues) return { ok: true, payload: checked.value }
    const errors = toProblemIssues(part, checked.issues, value)
    const detail = `the ${name} breaks its schema`
    return { ok: false, response: problemResponse(422, { detail, errors }) }
  } catch (error) {
    if (!isTooDeep(error)) throw error
    const detail = `the ${part} is nested too deeply`
    return { ok: false, response: problemResponse(400, { detail }) }
  }
}
