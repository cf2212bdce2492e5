import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { OpenApiDocument } from '../definition/openapi-types.ts'
import { resolveReference } from '../definition/resolve-reference.ts'

const DEEPEST = 8

const TEXTS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'name@example.com',
  hostname: 'www.example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://www.example.com/',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
}

/**
 * Makes a value of a JSON Schema: an example of the schema where it has one, else a value of its type. A pattern is
 * not followed.
 *
 * @example
 * sampleValue(document, { type: 'object', properties: { paid: { type: 'boolean' } } }) // { paid: true }
 */
export function sampleValue(document: OpenApiDocument, schema: JsonSchema): unknown {
  return sample(document, schema, 0)
}

function sample(document: OpenApiDocument, schema: JsonSchema, depth: number): unknown {
  const one = resolveReference<JsonSchema>(document, schema)
  const given = givenValue(one)
  if (given !== undefined) return given

  const inside = (inner: unknown) =>
    isSchema(inner) && depth < DEEPEST ? sample(document, inner, depth + 1) : undefined
  const [branch] = [one.oneOf, one.anyOf].flatMap((list) => (Array.isArray(list) ? list : []))
  if (branch !== undefined && one.properties === undefined) return inside(branch)
  if (Array.isArray(one.allOf))
    return Object.assign({}, ...one.allOf.map(inside), membersOf(one, inside))

  switch (typeOf(one)) {
    case 'object':
      return membersOf(one, inside)
    case 'array':
      return itemsOf(one)
        .map(inside)
        .filter((item) => item !== undefined)
    case 'string':
      return textOf(one)
    case 'integer':
    case 'number':
      return numberOf(one)
    case 'boolean':
      return true
    default:
      return null
  }
}

/** The value that a schema itself gives. */
function givenValue(schema: JsonSchema): unknown {
  const { examples, example, default: fallback, const: only, enum: words } = schema
  if (Array.isArray(examples) && examples.length > 0) return examples[0]
  return example ?? only ?? (Array.isArray(words) ? words[0] : undefined) ?? fallback
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf({ type, properties, items }: JsonSchema): unknown {
  if (Array.isArray(type)) return type.find((one) => one !== 'null')
  return type ?? (properties ? 'object' : items ? 'array' : 'string')
}

function membersOf(
  { properties, additionalProperties }: JsonSchema,
  inside: (schema: unknown) => unknown,
): Record<string, unknown> {
  const members = isSchema(properties) ? Object.entries(properties) : []
  const others = isSchema(additionalProperties) && members.length === 0
  const all = others ? [['name', additionalProperties] as const] : members
  return Object.fromEntries(
    all.map(([name, schema]) => [name, inside(schema)]).filter(([, value]) => value !== undefined),
  )
}

function itemsOf({ prefixItems, items, minItems = 1 }: JsonSchema): unknown[] {
  const first = Array.isArray(prefixItems) ? prefixItems : []
  const length = Math.min(Math.max(Number(minItems), 1), 10)
  const rest = isSchema(items) ? Array.from({ length: length - first.length }, () => items) : []
  return [...first, ...rest]
}

function textOf({ format, minLength = 0, maxLength }: JsonSchema): string {
  const text = TEXTS[String(format)] ?? 'text'
  const long = text.padEnd(Math.min(Number(minLength), 200), 'x')
  return typeof maxLength === 'number' ? long.slice(0, maxLength) : long
}

function numberOf(schema: JsonSchema): number {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema
  const step = typeof multipleOf === 'number' ? multipleOf : 1
  if (typeof minimum === 'number') return Math.ceil(minimum / step) * step
  if (typeof exclusiveMinimum === 'number') return (Math.floor(exclusiveMinimum / step) + 1) * step
  if (typeof maximum === 'number' && maximum < step) return Math.floor(maximum / step) * step
  if (typeof exclusiveMaximum === 'number' && exclusiveMaximum <= step)
    return (Math.ceil(exclusiveMaximum / step) - 1) * step
  return step
}
