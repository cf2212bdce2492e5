import type { ContentDefinition, ResponseDefinition } from '../definition/definition.ts'
import type { Draft } from '../definition/draft.ts'
import { EVENT_STREAM, essenceOf, isJson, JSON_TYPE } from '../definition/media-type.ts'
import type {
  HeaderObject,
  JsonSchema,
  MediaTypeObject,
  RequestBodyObject,
  ResponseObject,
} from '../definition/openapi-message-types.ts'
import type { ReferenceObject } from '../definition/openapi-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { takesNothing } from '../schemas/takes-nothing.ts'
import { schemaName } from './component-name.ts'
import { membersOf } from './members.ts'
import type { Place } from './place.ts'
import { STATUS_PHRASES } from './status-phrases.ts'
import type { OpenApiVersion } from './version.ts'

/** Writes a request body, by media type. */
export function requestBodyObject(
  content: Readonly<Record<string, ContentDefinition>>,
  { place, document }: Place,
): RequestBodyObject {
  const types: Record<string, MediaTypeObject> = {}
  const descriptions: string[] = []
  let required = true
  for (const type in content) {
    const body = content[type]
    if (!body) continue
    const { schema, examples, encoding, description } = body
    const what = type === JSON_TYPE ? 'body' : `${type} body`
    const wire = isJson(essenceOf(type)) ? 'json' : 'text'
    const object: Draft<MediaTypeObject> = {
      schema: document.components.schema(schema, 'input', `the ${what} of ${place}`, wire),
    }
    if (examples) object.examples = examples
    if (encoding) object.encoding = encoding
    types[type] = object
    if (description !== undefined) descriptions.push(description)
    if (takesNothing(schema)) required = false
  }
  return descriptions.length > 0
    ? { description: descriptions.join('\n\n'), required, content: types }
    : { required, content: types }
}

/** Writes a declared response. */
export function responseObject(
  response: ResponseDefinition,
  status: string,
  { side, place: operation, document }: Place,
): Draft<ResponseObject> {
  const { schema, summary, description, headers, content, examples, mediaType } = response
  const { components, version } = document
  const place = `the ${status} response of ${operation}`
  const object: Draft<ResponseObject> = {
    description: description ?? STATUS_PHRASES[status] ?? `Status ${status}`,
  }
  if (summary !== undefined && version === '3.2') object.summary = summary
  if (headers) object.headers = headerObjects(headers, { side, place, document })

  const json = mediaType ?? JSON_TYPE
  const types: Record<string, MediaTypeObject> = {}
  if (schema) types[json] = { schema: components.schema(schema, side, place) }
  for (const type in content) {
    const other = content[type]
    const schema = other && components.schema(other, side, `${place} as ${type}`, 'text')
    types[type] = mediaTypeObject(type, schema, version)
  }
  if (examples) {
    for (const [type, written] of Object.entries(types)) {
      // those of the JSON body are kept under JSON's own media type
      const its = examples[type === json ? JSON_TYPE : type]
      if (its) types[type] = { ...written, examples: its }
    }
  }
  if (Object.keys(types).length > 0) object.content = types
  return object
}

/** 3.1 has no field for an item of a stream, so there the schema is that of an event's data. */
function mediaTypeObject(
  type: string,
  json: JsonSchema | undefined,
  version: OpenApiVersion,
): MediaTypeObject {
  const essence = essenceOf(type)
  const isText = essence.startsWith('text/')
  const schema = json ?? (isText ? { type: 'string' } : {})
  return essence === EVENT_STREAM && version === '3.2'
    ? { itemSchema: eventSchema(schema) }
    : { schema }
}

/** @see https://spec.openapis.org/oas/v3.2.0.html#special-considerations-for-server-sent-events */
function eventSchema(schema: JsonSchema): JsonSchema {
  const data =
    schema.type === 'string'
      ? schema
      : { type: 'string', contentMediaType: JSON_TYPE, contentSchema: schema }
  return {
    type: 'object',
    properties: {
      data,
      event: { type: 'string' },
      id: { type: 'string' },
      retry: { type: 'integer', minimum: 0 },
    },
    required: ['data'],
  }
}

function headerObjects(
  schema: AnySchema,
  { side, place, document: { components, reusable } }: Place,
): Record<string, HeaderObject | ReferenceObject> {
  const what = `the headers of ${place}`
  const json = components.inline(schema, side, what)
  const set = schemaName(schema)
  return Object.fromEntries(
    membersOf(json, components, what).map(({ name, ...header }) => [
      name,
      set === undefined ? header : reusable('headers', `${set}.${name}`, { object: header, place }),
    ]),
  )
}
