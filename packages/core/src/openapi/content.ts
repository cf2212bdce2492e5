import type { ContentDefinition, ResponseDefinition } from '../definition.ts'
import { EVENT_STREAM, isJson, JSON_TYPE } from '../media-type.ts'
import type { AnySchema } from '../schema.ts'
import { takesNothing } from '../takes-nothing.ts'
import type { Components } from './components.ts'
import type { Side } from './json-schema.ts'
import { membersOf } from './members.ts'
import { STATUS_PHRASES } from './status-phrases.ts'
import type {
  ContentObject,
  HeaderObject,
  JsonSchema,
  RequestBodyObject,
  ResponseObject,
} from './types.ts'

/** Where something stands, and the components of its document. */
export interface Surroundings {
  readonly components: Components
  readonly place: string
}

/** Writes the bodies that somebody sends, by media type. */
export function requestBodyObject(
  content: Readonly<Record<string, ContentDefinition>>,
  { components, place }: Surroundings,
): RequestBodyObject {
  const types = Object.entries(content).map(([type, { schema }]) => {
    const what = type === JSON_TYPE ? 'body' : `${type} body`
    const wire = isJson(type) ? 'json' : 'text'
    return [type, { schema: components.schema(schema, 'input', `the ${what} of ${place}`, wire) }]
  })
  return {
    required: !Object.values(content).some(({ schema }) => takesNothing(schema)),
    content: Object.fromEntries(types),
  }
}

/** Writes declared answers, by status. */
export function responseObjects(
  responses: Readonly<Record<string, ResponseDefinition>>,
  side: Side,
  { components, place }: Surroundings,
): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      responseObject(
        response,
        side,
        { components, place: `the ${status} answer of ${place}` },
        status,
      ),
    ]),
  )
}

function responseObject(
  { schema, description, headers, content: others = {} }: ResponseDefinition,
  side: Side,
  { components, place }: Surroundings,
  status: string,
): ResponseObject {
  const content: Record<string, ContentObject[string]> = {
    ...(schema && { [JSON_TYPE]: { schema: components.schema(schema, side, place) } }),
  }
  for (const [type, other] of Object.entries(others)) {
    content[type] = mediaType(type, other, (one) =>
      components.schema(one, side, `${place} as ${type}`, 'text'),
    )
  }
  return {
    description: description ?? STATUS_PHRASES[status] ?? `Status ${status}`,
    ...(headers && { headers: headerObjects(headers, side, { components, place }) }),
    ...(Object.keys(content).length > 0 && { content }),
  }
}

/** In 3.1 no field says what one event is, so that the stream's schema is that of an event's data. */
function mediaType(
  type: string,
  schema: AnySchema | undefined,
  write: (schema: AnySchema) => JsonSchema,
): ContentObject[string] {
  if (schema) return { schema: write(schema) }
  const isText = type === EVENT_STREAM || type.startsWith('text/')
  return { schema: isText ? { type: 'string' } : {} }
}

function headerObjects(
  schema: AnySchema,
  side: Side,
  { components, place }: Surroundings,
): Record<string, HeaderObject> {
  const json = components.schema(schema, side, `the headers of ${place}`, 'text')
  return Object.fromEntries(
    membersOf(json, components, 'headers').map(({ name, ...header }) => [name, header]),
  )
}
