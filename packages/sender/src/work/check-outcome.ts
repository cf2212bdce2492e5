import type { OutgoingDefinition } from '@ringback/core'
import type { ResponseBody } from '../transport/read-response-body.ts'
import { type AttemptOutcome, isSuccess } from './outcome.ts'
import { readDeclaredResponse } from './read-declared-response.ts'

/** Gives the outcome, marked when a 2xx response does not match the declaration of its callback. */
export async function checkOutcome(
  outcome: AttemptOutcome,
  callback: OutgoingDefinition | undefined,
  body: ResponseBody | undefined,
): Promise<AttemptOutcome> {
  if (!callback || outcome.kind === 'failed' || !isSuccess(outcome.status)) return outcome
  const response = await readDeclaredResponse(callback, outcome.status, body)
  return response.ok ? outcome : { ...outcome, reason: 'declaration', detail: response.detail }
}
