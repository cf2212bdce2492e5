import type { ResponseDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { essenceOf, JSON_TYPE, writtenTypeOf } from '../definition/media-type.ts'
import type { Examples } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { setOnce } from '../definition/set-once.ts'
import { byStatus, type DeclaredStatus } from '../definition/status.ts'
import { requireSchema } from '../schemas/require-schema.ts'

/** The fields of a response in the document, apart from its schema. */
export interface ResponseDescription {
  readonly description?: string
  /** OpenAPI 3.2: a short summary, with which the description is optional. */
  readonly summary?: string
  /** Examples of the body, by name. */
  readonly examples?: Examples
}

/** Options of a response that an operation declares. */
export interface ResponseOptions<THeaders extends AnySchema | undefined = AnySchema | undefined>
  extends ResponseDescription {
  /** The media type of the JSON body, if it is not `application/json`. */
  readonly mediaType?: `${string}/${string}+json`
  /** The schema of the response headers, as one object. */
  readonly headers?: THeaders & {}
}

/** Options of a response that a callback or webhook expects from its receiver. */
export interface CallbackResponseOptions extends ResponseDescription {
  /** The callback is not sent again after this response: the delivery is dead, with the reason `rejected`. */
  readonly final?: boolean
}

/** The declared responses, by status. */
export type Responses = Readonly<Record<string, ResponseDefinition>>

/** A response to add. */
export interface NewResponse {
  readonly status: DeclaredStatus
  /** The media type of a body that is not JSON. */
  readonly mediaType?: string
  readonly schema: AnySchema | undefined
  readonly options: (ResponseOptions & CallbackResponseOptions) | undefined
  readonly owner: string
  /** The name of the group that declares it. */
  readonly from?: string
}

/**
 * Adds one declared response.
 *
 * @throws {CoreError} with `set-twice` for a status declared twice with one media type, or for a second summary,
 *   description or headers of one status; `response` for a status that HTTP
 *   lacks, an interim status (1xx), a body of 204, 205 or 304, or a range as final
 */
export function withResponse(responses: Responses, response: NewResponse): Responses {
  checkNewResponse(responses, response)
  const { status, mediaType, schema, options, from } = response
  const other: ResponseDefinition = responses[status] ?? {}
  const { examples, ...described } = options ?? {}
  const definition: ResponseDefinition = {
    ...other,
    ...described,
    ...(from !== undefined && { from }),
    ...(mediaType === undefined
      ? schema && { schema }
      : { content: Object.freeze({ ...other.content, [mediaType]: schema }) }),
    ...(examples && { examples: { ...other.examples, [mediaType ?? JSON_TYPE]: examples } }),
  }
  const all = Object.assign(byStatus<ResponseDefinition>(), responses)
  all[status] = Object.freeze(definition)
  return Object.freeze(all)
}

function checkNewResponse(responses: Responses, response: NewResponse): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  const { status, mediaType, schema, options, owner } = response
  const claim = `${owner} declares the response ${status}`
  if (!/^(?:default|[1-5]XX|[1-5]\d\d)$/.test(String(status))) {
    throw new CoreError(
      'response',
      `${claim}, which is not a status; use 200 to 599, '2XX' to '5XX', or 'default'`,
    )
  }
  if (/^1/.test(String(status))) {
    throw new CoreError(
      'response',
      `${claim}, which is an interim status that no handler can respond with; declare the final response`,
    )
  }
  // RFC 9110: 204 and 304 end after the headers, 205 has no content
  if (/^(?:20[45]|304)$/.test(String(status)) && (schema ?? mediaType) !== undefined) {
    throw new CoreError(
      'response',
      `${claim} with a body, which HTTP does not allow; leave out the schema, or declare another status such as 200`,
    )
  }
  const method = mediaType === undefined ? 'response' : 'responseAs'
  if (schema !== undefined) requireSchema(schema, owner, `${method}(${status}, …)`)
  if (options?.headers) requireSchema(options.headers, owner, `${method}(${status}, …) as headers`)
  if (options?.final && typeof status !== 'number') {
    throw new CoreError(
      'response',
      `${claim} as final; name the statuses after which nothing is sent again`,
    )
  }

  const other = responses[status]
  if (other === undefined) return
  if (mediaType !== undefined) {
    // a second media type of a response is no second response
    const { content = {} } = other
    const written = writtenTypeOf(essenceOf(mediaType), content) ?? mediaType
    setOnce(content, written, `${claim} as ${mediaType}`)
  } else if (other.schema || !schema || !other.content) {
    const twice = other.from === undefined ? claim : `${claim}, as ${other.from} does, and so`
    setOnce(responses, String(status), twice)
  }
  for (const name of ['summary', 'description', 'headers'] as const) {
    if (options?.[name] !== undefined) setOnce(other, name, `${claim} with its ${name}`)
  }
}
