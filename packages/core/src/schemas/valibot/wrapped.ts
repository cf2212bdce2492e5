import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { At } from './at.ts'
import { dataOf, type ValibotSchema } from './data.ts'
import { jsonValue } from './json-value.ts'

/** Returns the JSON Schema of a wrapper, given that of the wrapped schema. */
type Wrapping = (json: JsonSchema, schema: ValibotSchema, at: At) => JsonSchema

/** Returns a function that converts a wrapper. */
export function wrapping(
  convert: Wrapping,
): (schema: ValibotSchema, at: At) => JsonSchema | undefined {
  return (schema, at) => schema.wrapped && convert(at.inside(schema.wrapped, ''), schema, at)
}

/** Adds a default. One that a function returns may differ each time, and is left out. */
export const optionalJson: Wrapping = (json, { default: value }, { side }) => {
  const written = side === 'input' ? jsonValue(value) : undefined
  return written === undefined ? json : { ...json, default: written }
}

/** Adds null; an output has none where a default replaces it. */
export const nullableJson: Wrapping = (json, schema, at) => {
  const { type, default: value } = schema
  if (at.side === 'output' && value !== undefined && value !== null) return json
  const either = { anyOf: [json, { type: 'null' }] }
  // the default of v.nullable replaces null, not a missing member
  return type === 'nullish' ? optionalJson(either, schema, at) : either
}

/** Removes null. */
export const withoutNull: Wrapping = ({ default: _, ...json }, { wrapped }, { side }) => {
  // null may be sent where a default replaces it
  if (side === 'input' && wrapped && dataOf(wrapped).default != null) return json
  const { type, anyOf, ...rest } = json
  if (Array.isArray(anyOf)) {
    const branches: readonly JsonSchema[] = anyOf.filter((one: JsonSchema) => one.type !== 'null')
    const [only] = branches
    if (only === undefined) return { not: {} }
    return branches.length === 1 ? { ...only, ...rest } : { anyOf: branches, ...rest }
  }
  return type !== undefined && type !== 'null' ? json : { allOf: [json, { not: { type: 'null' } }] }
}
