import type { ResponseDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { JSON_TYPE } from '../definition/media-type.ts'
import type { Examples } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { setOnce } from '../definition/set-once.ts'
import { byStatus, type DeclaredStatus } from '../definition/status.ts'

/** What the document says of a response beside its schema. */
interface ResponseDescription {
  readonly description?: string
  /** OpenAPI 3.2: a few words; the description is optional beside them. */
  readonly summary?: string
  /** Examples of the body, by name. */
  readonly examples?: Examples
}

/** Options of a response that an operation declares. */
export interface ResponseOptions<THeaders extends AnySchema | undefined = AnySchema | undefined>
  extends ResponseDescription {
  /** The media type of the JSON body, where it is not `application/json`. */
  readonly mediaType?: `${string}/${string}+json`
  /** The schema of the response headers, as one object. */
  readonly headers?: THeaders & {}
}

/** Options of a response that a callback or webhook expects from its receiver. */
export interface CallbackResponseOptions extends ResponseDescription {
  /** Nothing is sent again after this response: the delivery is dead, with the reason `rejected`. */
  readonly final?: boolean
}

/** The declared answers, by status. */
export type Responses = Readonly<Record<string, ResponseDefinition>>

/** An answer to add. */
export interface NewResponse {
  readonly status: DeclaredStatus
  /** Other than JSON. */
  readonly mediaType?: string
  readonly schema: AnySchema | undefined
  readonly options: (ResponseOptions & CallbackResponseOptions) | undefined
  readonly owner: string
  /** The group that declares it, for its operations. */
  readonly from?: string
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
  if (options?.final && typeof status !== 'number') {
    throw new CoreError(
      'response',
      `${owner} declares the response ${status} as final: name the statuses after which nothing is sent again`,
    )
  }
  const other: ResponseDefinition = responses[status] ?? {}
  const claim = `${owner} declares the response ${status}`
  if (Object.hasOwn(responses, status)) {
    // another media type of the same answer is no second answer
    if (mediaType !== undefined) setOnce(other.content ?? {}, mediaType, `${claim} as ${mediaType}`)
    else if (other.schema || !schema || !other.content) {
      const twice = other.from === undefined ? claim : `${claim}, as ${other.from} does, and so`
      setOnce(responses, String(status), twice)
    }
    for (const name of ['summary', 'description', 'headers'] as const) {
      if (options?.[name] !== undefined) setOnce(other, name, `${claim} with its ${name}`)
    }
  }
  const { examples, ...said } = options ?? {}
  const definition: ResponseDefinition = {
    ...other,
    ...said,
    ...(response.from !== undefined && { from: response.from }),
    ...(mediaType === undefined
      ? schema && { schema }
      : { content: Object.freeze({ ...other.content, [mediaType]: schema }) }),
    ...(examples && { examples: { ...other.examples, [mediaType ?? JSON_TYPE]: examples } }),
  }
  const all = Object.assign(byStatus<ResponseDefinition>(), responses)
  all[status] = Object.freeze(definition)
  return Object.freeze(all)
}

function isStatus(status: DeclaredStatus): boolean {
  return /^(?:default|[1-5]XX|[1-5]\d\d)$/.test(String(status))
}
