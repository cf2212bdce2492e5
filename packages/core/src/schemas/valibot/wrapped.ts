import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { At } from '../at.ts'
import { jsonValue } from '../json-value.ts'
import { dataOf, type ValibotSchema } from './data.ts'

/** What becomes of the JSON Schema of what is wrapped. */
type Wrapping = (json: JsonSchema, schema: ValibotSchema, at: At) => JsonSchema

/** A converter of what wraps another schema. */
export function wrapping(
  convert: Wrapping,
): (schema: ValibotSchema, at: At) => JsonSchema | undefined {
  return (schema, at) => schema.wrapped && convert(at.inside(schema.wrapped, ''), schema, at)
}

/** What may be left out. A function may give another default each time, so that none is written. */
export const optionalJson: Wrapping = (json, { default: value }, { side }) => {
  const written = side === 'input' ? jsonValue(value) : undefined
  return written === undefined ? json : { ...json, default: written }
}

/** What may be null; where a default takes null's place, no answer has null. */
export const nullableJson: Wrapping = (json, schema, at) => {
  const { type, default: value } = schema
  if (at.side === 'output' && value !== undefined && value !== null) return json
  const either = { anyOf: [json, { type: 'null' }] }
  // a default of v.nullable stands for null, not for what is left out
  return type === 'nullish' ? optionalJson(either, schema, at) : either
}

/** What may be null without it. */
export const withoutNull: Wrapping = ({ default: _, ...json }, { wrapped }, { side }) => {
  // null that a default takes the place of may be sent
  if (side === 'input' && wrapped && dataOf(wrapped).default != null) return json
  const { type, anyOf, ...rest } = json
  if (Array.isArray(anyOf)) {
    const branches = anyOf.filter((one) => (one as JsonSchema).type !== 'null')
    const [only] = branches
    if (only === undefined) return { not: {} }
    return branches.length === 1
      ? { ...(only as JsonSchema), ...rest }
      : { anyOf: branches, ...rest }
  }
  return type !== undefined && type !== 'null' ? json : { allOf: [json, { not: { type: 'null' } }] }
}
