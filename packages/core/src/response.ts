import type { ResponseDefinition } from './definition.ts'
import { CoreError } from './errors.ts'
import type { AnySchema } from './schema.ts'
import { setOnce } from './set-once.ts'
import type { DeclaredStatus } from './status.ts'

/** Options of one declared answer. */
export interface ResponseOptions<THeaders extends AnySchema | undefined = AnySchema | undefined> {
  readonly description?: string
  /** The headers of the answer, as one object with lower-case names. */
  readonly headers?: THeaders & {}
}

/** The declared answers, by status. */
export type Responses = Readonly<Record<string, ResponseDefinition>>

/** An answer to add. */
export interface NewResponse {
  readonly status: DeclaredStatus
  /** Other than JSON. */
  readonly mediaType?: string
  readonly schema: AnySchema | undefined
  readonly options: ResponseOptions | undefined
  readonly owner: string
}

/**
 * Adds one declared answer.
 *
 * @throws {CoreError} with `set-twice` for a status declared twice with one media type, or for two
 *   descriptions or headers of one status; `response` for a status that HTTP does not have
 */
export function withResponse(responses: Responses, response: NewResponse): Responses {
  const { status, mediaType, schema, options, owner } = response
  if (!isStatus(status)) {
    throw new CoreError(
      'response',
      `${owner} declares the response ${status}: a status is 100 to 599, '1XX' to '5XX', or 'default'`,
    )
  }
  const other: ResponseDefinition | undefined = responses[status]
  const claim = `${owner} declares the response ${status}`
  if (other === undefined) {
    return withStatus(responses, status, { ...options, ...bodyOf(response) })
  }

  // a second media type of the same answer
  if (mediaType === undefined && (other.schema || !schema || !other.content)) {
    setOnce(responses, String(status), claim)
  }
  if (mediaType !== undefined && other.content) {
    setOnce(other.content, mediaType, `${claim} as ${mediaType}`)
  }
  for (const name of ['description', 'headers'] as const) {
    if (options?.[name] !== undefined) setOnce(other, name, `${claim} with its ${name}`)
  }
  const content = { ...other.content, ...(mediaType !== undefined && { [mediaType]: schema }) }
  return withStatus(responses, status, {
    ...other,
    ...options,
    ...(mediaType === undefined && schema && { schema }),
    ...(Object.keys(content).length > 0 && { content: Object.freeze(content) }),
  })
}

function bodyOf({ mediaType, schema }: NewResponse): ResponseDefinition {
  if (mediaType !== undefined) return { content: Object.freeze({ [mediaType]: schema }) }
  return schema ? { schema } : {}
}

function withStatus(
  responses: Responses,
  status: DeclaredStatus,
  definition: ResponseDefinition,
): Responses {
  return Object.freeze({ ...responses, [status]: Object.freeze(definition) })
}

function isStatus(status: DeclaredStatus): boolean {
  return /^(?:default|[1-5]XX|[1-5]\d\d)$/.test(String(status))
}
