import type { ResponseDefinition } from './definition.ts'
import type { AnySchema } from './schema.ts'
import { setOnce } from './set-once.ts'

/** Options of one declared answer. */
export interface ResponseOptions {
  readonly description?: string
}

/** The declared answers, by status. */
export type Responses = Readonly<Record<string, ResponseDefinition>>

interface NewResponse {
  readonly status: number
  readonly schema: AnySchema | undefined
  readonly options: ResponseOptions | undefined
  readonly owner: string
}

/** Adds one declared answer; a status declared twice is an error. */
export function withResponse(responses: Responses, response: NewResponse): Responses {
  const { status, schema, options, owner } = response
  setOnce(responses, String(status), `${owner} declares the response ${status}`)
  return Object.freeze({ ...responses, [status]: { ...(schema && { schema }), ...options } })
}
