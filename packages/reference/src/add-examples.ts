import { sampleValue } from '@ringback/core/document'
import type {
  MediaTypeObject,
  OpenApiDocument,
  OperationObject,
  ResponseObject,
} from '@ringback/core/internal'
import { resolveReference } from '@ringback/core/internal'

type Responses<TResponse> = Readonly<Record<string, TResponse>>

/** Adds examples to the responses of an operation that are no JSON; Scalar would make JSON of their schemas. */
export function addExamples(
  document: OpenApiDocument,
  operation: OperationObject,
): OperationObject {
  return { ...operation, responses: addResponseExamples(document, operation.responses) }
}

/** Adds examples to responses by status or name; references stay as they are. */
export function addResponseExamples<TResponse extends object>(
  document: OpenApiDocument,
  responses: Responses<TResponse>,
): Responses<TResponse> {
  const entries = Object.entries(responses).map(([status, response]) => [
    status,
    // a reference has no content
    'content' in response
      ? withExamples(document, response as unknown as ResponseObject)
      : response,
  ])
  return Object.fromEntries(entries)
}

function withExamples(document: OpenApiDocument, response: ResponseObject): ResponseObject {
  const content = Object.entries(response.content ?? {}).map(([type, media]) => {
    const hasOwn = media.example !== undefined || media.examples !== undefined
    const example = hasOwn ? undefined : exampleOf(document, type.toLowerCase(), media)
    return [type, example === undefined ? media : { ...media, example }]
  })
  return { ...response, content: Object.fromEntries(content) }
}

function exampleOf(
  document: OpenApiDocument,
  type: string,
  { schema, itemSchema }: MediaTypeObject,
): string | undefined {
  if (type.startsWith('text/event-stream')) {
    const event = itemSchema && resolveReference(document, itemSchema)
    const data = event ? dataSchemaOf(event) : schema
    const value = sampleValue(document, data ?? {})
    return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
  }
  if (
    /[/+]json\b/.test(type) ||
    /^text\/|[/+]xml\b|^application\/x-www-form|^multipart\//.test(type)
  )
    return undefined
  return `(the bytes of ${type})`
}

/** The schema of an event's data: that of its JSON, where it is JSON. */
function dataSchemaOf(event: object): Readonly<Record<string, unknown>> {
  const { properties } = event as { properties?: { data?: Record<string, unknown> } }
  const data = properties?.data ?? {}
  return (data.contentSchema as Record<string, unknown> | undefined) ?? data
}
