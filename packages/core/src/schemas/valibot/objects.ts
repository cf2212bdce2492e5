import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import { setMember } from '../../definition/set-member.ts'
import type { Side } from '../conversion.ts'
import type { At } from './at.ts'
import { dataOf, type ValibotSchema } from './data.ts'
import { isAbsent, mayBeUndefined } from './undefined.ts'

/** Converts an object. A member with a default may be missing in the input, and is always in the output. */
export function objectJson(schema: ValibotSchema, { side, inside }: At): JsonSchema {
  const { type, entries, rest } = schema
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  for (const name in entries) {
    const entry = entries[name]
    // JSON never has a member that is `undefined`; in an input, which nobody could send, it is refused below
    if (!entry || (side === 'output' && isAbsent(dataOf(entry)))) continue
    setMember(properties, name, inside(entry, `/${name}`))
    if (isRequired(dataOf(entry), side)) required.push(name)
  }
  const json: Record<string, unknown> = { type: 'object', properties }
  if (required.length > 0) json.required = required
  if (type === 'strict_object') json.additionalProperties = false
  if (type === 'loose_object') json.additionalProperties = {}
  if (rest) json.additionalProperties = inside(rest, '/*')
  return json
}

/** Converts a record. Keys of any text need no keyword. */
export function recordJson({ key, value }: ValibotSchema, { inside }: At): JsonSchema {
  const names = typeof key === 'object' ? inside(key, '/*') : {}
  const isAnyText = names.type === 'string' && Object.keys(names).length === 1
  return {
    type: 'object',
    ...(!isAnyText && { propertyNames: names }),
    ...(value && { additionalProperties: inside(value, '/*') }),
  }
}

const OPTIONAL = /^(?:exact_optional|nullish|optional)$/

function isRequired(data: ValibotSchema, side: Side): boolean {
  const { type, fallback, default: value } = data
  const isOptional = OPTIONAL.test(type)
  if (side === 'input') return !isOptional && fallback === undefined
  if (isOptional) return value !== undefined || fallback !== undefined
  return !mayBeUndefined(data, side)
}
