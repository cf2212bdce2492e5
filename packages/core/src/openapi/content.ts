import type { ContentDefinition, ResponseDefinition } from '../definition.ts'
import { EVENT_STREAM, isJson, JSON_TYPE } from '../media-type.ts'
import type { AnySchema } from '../schema.ts'
import { byStatus } from '../status.ts'
import { takesNothing } from '../takes-nothing.ts'
import { type Components, schemaName } from './components.ts'
import type { Side } from './json-schema.ts'
import { membersOf } from './members.ts'
import type {
  HeaderObject,
  JsonSchema,
  MediaTypeObject,
  RequestBodyObject,
  ResponseObject,
} from './message-types.ts'
import type { Reusable } from './reusable.ts'
import { STATUS_PHRASES } from './status-phrases.ts'
import type { ReferenceObject } from './types.ts'
import type { OpenApiVersion } from './version.ts'

/** Where something stands, and the document that it stands in. */
export interface Surroundings {
  readonly components: Components
  readonly reusable: Reusable
  /** What a reference of `reusable` stands for. */
  readonly resolve: (reference: string) => object | undefined
  /** Whether what we send is signed. */
  readonly signed: boolean
  readonly version: OpenApiVersion
  readonly place: string
}

/** Writes the bodies that somebody sends, by media type. */
export function requestBodyObject(
  content: Readonly<Record<string, ContentDefinition>>,
  { components, place }: Surroundings,
): RequestBodyObject {
  const types = Object.entries(content).map(([type, { schema, examples, encoding }]) => {
    const what = type === JSON_TYPE ? 'body' : `${type} body`
    const wire = isJson(type) ? 'json' : 'text'
    const object: MediaTypeObject = {
      schema: components.schema(schema, 'input', `the ${what} of ${place}`, wire),
      ...(examples && { examples }),
      ...(encoding && { encoding }),
    }
    return [type, object]
  })
  const said = Object.values(content).flatMap(({ description }) => description ?? [])
  return {
    ...(said.length > 0 && { description: said.join('\n\n') }),
    required: !Object.values(content).some(({ schema }) => takesNothing(schema)),
    content: Object.fromEntries(types),
  }
}

/** Writes declared answers, by status. */
export function responseObjects(
  responses: Readonly<Record<string, ResponseDefinition>>,
  side: Side,
  surroundings: Surroundings,
): Record<string, ResponseObject> {
  const objects = byStatus<ResponseObject>()
  for (const [status, response] of Object.entries(responses)) {
    const place = `the ${status} answer of ${surroundings.place}`
    const object = responseObject(response, side, { ...surroundings, place })
    objects[status] = { description: STATUS_PHRASES[status] ?? `Status ${status}`, ...object }
  }
  return objects
}

function responseObject(
  response: ResponseDefinition,
  side: Side,
  surroundings: Surroundings,
): Partial<ResponseObject> {
  const { components, version, place } = surroundings
  const { schema, summary, description, headers, content = {}, examples = {} } = response
  const json = response.mediaType ?? JSON_TYPE
  const types: [type: string, object: MediaTypeObject][] = schema
    ? [[json, { schema: components.schema(schema, side, place) }]]
    : []
  for (const [type, other] of Object.entries(content)) {
    const json = other && components.schema(other, side, `${place} as ${type}`, 'text')
    types.push([type, mediaTypeObject(type, json, version)])
  }
  const bodies = types.map(([type, object]) => {
    const its = examples[type === json ? JSON_TYPE : type]
    return [type, its ? { ...object, examples: its } : object]
  })
  return {
    ...(summary !== undefined && version === '3.2' && { summary }),
    ...(description !== undefined && { description }),
    ...(headers && { headers: headerObjects(headers, side, surroundings) }),
    ...(bodies.length > 0 && { content: Object.fromEntries(bodies) }),
  }
}

/** In 3.1 no field says what one item of a stream is, so that the schema is that of an event's data. */
function mediaTypeObject(
  type: string,
  json: JsonSchema | undefined,
  version: OpenApiVersion,
): MediaTypeObject {
  const isText = type === EVENT_STREAM || type.startsWith('text/')
  const schema = json ?? (isText ? { type: 'string' } : {})
  return type === EVENT_STREAM && version === '3.2'
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
  side: Side,
  { components, reusable, place }: Surroundings,
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
