import type { MediaTypeObject, ParameterObject } from '../definition/openapi-message-types.ts'
import type { OpenApiDocument, OperationObject } from '../definition/openapi-types.ts'
import { resolveReference } from '../definition/resolve-reference.ts'
import { sampleValue } from './sample-value.ts'

/** A sample of a callback or webhook, before it is signed. */
export interface SampleMessage {
  /** Absent without a body. */
  readonly mediaType?: string
  /** The payload as a value; absent without a body. */
  readonly payload?: unknown
  /** The payload as text; absent without a body. */
  readonly body?: string
  /** The header fields that it must have, by name, without those of the signature. */
  readonly headers: Readonly<Record<string, string>>
  /** The query parameters that it must have. */
  readonly query: readonly (readonly [name: string, value: string])[]
}

/**
 * Makes a sample of the request that an operation of a document describes, from its examples and schemas.
 *
 * @example
 * sampleMessage(document, document.webhooks.grown.post) // { mediaType: 'application/json', body: '{"size":1}', … }
 */
export function sampleMessage(
  document: OpenApiDocument,
  { requestBody, parameters = [] }: Pick<OperationObject, 'requestBody' | 'parameters'>,
): SampleMessage {
  const { content } = resolveReference<{ content?: Record<string, MediaTypeObject> }>(
    document,
    requestBody ?? {},
  )
  const all = Object.entries(content ?? {})
  const [mediaType, media] = all.find(([type]) => /json/i.test(type)) ?? all[0] ?? []
  const payload = media && sampleContent(document, media)
  const required = parameters
    .map((one) => resolveReference<ParameterObject>(document, one))
    .filter(({ name, required }) => required === true && !/^webhook-/i.test(String(name)))
    .map((one) => ({ ...one, value: textOf(sampleContent(document, one)) }))
  return {
    ...(mediaType !== undefined && { mediaType, payload, body: textOf(payload, mediaType) }),
    headers: Object.fromEntries(
      required.flatMap(({ name, value, ...one }) => (one.in === 'header' ? [[name, value]] : [])),
    ),
    query: required.flatMap(({ name, value, ...one }) =>
      one.in === 'query' ? [[name, value] as const] : [],
    ),
  }
}

/**
 * Makes a sample of a media type or a parameter: its first example, else a value of its schema.
 *
 * @example
 * sampleContent(document, { schema: { type: 'object', properties: { paid: { type: 'boolean' } } } }) // { paid: true }
 */
export function sampleContent(
  document: OpenApiDocument,
  { example, examples, schema }: Pick<MediaTypeObject, 'example' | 'examples' | 'schema'>,
): unknown {
  if (example !== undefined) return example
  const [first] = Object.values(examples ?? {})
  const named = first && resolveReference<{ value?: unknown; dataValue?: unknown }>(document, first)
  const given = named?.value ?? named?.dataValue
  if (given !== undefined) return given
  // a schema that is true allows everything
  return typeof schema === 'object' ? sampleValue(document, schema) : {}
}

function textOf(value: unknown, mediaType = ''): string {
  if (/x-www-form-urlencoded/i.test(mediaType) && typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, one]) => [name, textOf(one)])
    return String(new URLSearchParams(fields))
  }
  const isText = typeof value === 'string' && !/[/+]json/i.test(mediaType)
  return isText ? value : JSON.stringify(value)
}
