import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { AnySchema } from '../../definition/schema.ts'
import type { At } from './at.ts'
import { dataOf, type ValibotSchema } from './data.ts'
import { scalarOf } from './json-value.ts'
import { objectJson, recordJson } from './objects.ts'
import { REMEDIES } from './remedies.ts'
import { mayBeUndefined } from './undefined.ts'
import { intersectJson, unionJson, variantJson } from './unions.ts'
import { nullableJson, optionalJson, withoutNull, wrapping } from './wrapped.ts'

/** Returns the JSON Schema of a schema; `undefined` where it has no JSON form. */
type Converter = (schema: ValibotSchema, at: At) => JsonSchema | undefined

/**
 * Converts a schema without a pipe, by its type.
 *
 * @throws {CoreError} with `schema` for a type that has no JSON form
 */
export function schemaJson(schema: ValibotSchema, at: At): JsonSchema {
  const json = CONVERTERS[schema.type]?.(schema, at)
  if (json) return json
  const what = schema.type === 'literal' ? `literal of type ${typeof schema.literal}` : schema.type
  throw at.refusal(`valibot's '${what}'`, REMEDIES[schema.type])
}

const anything: Converter = () => ({})
/** Types that may be parsed from the text of a parameter or a form, and have no JSON form. */
const inText: Converter = (_, { wire }) => (wire === 'text' ? {} : undefined)
const binary: Converter = (_, { wire }) =>
  wire === 'text' ? { type: 'string', format: 'binary' } : undefined

/** The values of a literal or an enumeration, where the wire can hold all; a big integer needs text. */
const choiceOf = (options: readonly unknown[], { wire }: At): readonly unknown[] | undefined => {
  const values = options.map((one) =>
    typeof one === 'bigint' && wire === 'json' ? undefined : scalarOf(one),
  )
  return values.includes(undefined) ? undefined : values
}

const literal: Converter = ({ literal: value }, at) => {
  const [only] = choiceOf([value], at) ?? []
  const type = typeof value === 'bigint' ? 'integer' : typeof value
  return only === undefined ? undefined : { type, const: only }
}

const choice: Converter = ({ options = [] }, at) => {
  if (options.length === 0) return { not: {} }
  const values = choiceOf(options, at)
  if (!values) return undefined
  const types = [...new Set(values.map((one) => typeof one))]
  return { type: types.length === 1 ? types[0] : types, enum: [...new Set(values)] }
}

/** Converts an item of an array; JSON writes one that is `undefined` as null. */
function itemJson(item: AnySchema, segment: string, { side, inside }: At): JsonSchema {
  const json = inside(item, segment)
  return side === 'output' && mayBeUndefined(dataOf(item), side)
    ? { anyOf: [json, { type: 'null' }] }
    : json
}

const array: Converter = ({ item }, at) =>
  item ? { type: 'array', items: itemJson(item, '/*', at) } : { type: 'array' }

const tuple: Converter = ({ type, items = [], rest }, at) => {
  const last = items.findLastIndex(
    (item) => at.side === 'output' || !mayBeUndefined(dataOf(item), at.side),
  )
  const others = rest ? { items: itemJson(rest, '/*', at) } : {}
  const isClosed = type === 'strict_tuple'
  return {
    type: 'array',
    ...(items.length > 0 && { prefixItems: items.map((item, i) => itemJson(item, `/${i}`, at)) }),
    ...(last >= 0 && { minItems: last + 1 }),
    ...(isClosed ? { items: false } : others),
  }
}

const optional = wrapping(optionalJson)
const nullable = wrapping(nullableJson)
const nonNullable = wrapping(withoutNull)

const CONVERTERS: Readonly<Record<string, Converter>> = {
  any: anything,
  array,
  bigint: (_, { wire }) => (wire === 'text' ? { type: 'integer' } : undefined),
  blob: binary,
  boolean: () => ({ type: 'boolean' }),
  custom: inText,
  date: (_, { side, wire }) =>
    side === 'output' || wire === 'text' ? { type: 'string', format: 'date-time' } : undefined,
  enum: choice,
  exact_optional: optional,
  file: binary,
  instance: inText,
  intersect: intersectJson,
  literal,
  loose_object: objectJson,
  loose_tuple: tuple,
  never: () => ({ not: {} }),
  non_nullable: nonNullable,
  non_nullish: nonNullable,
  non_optional: wrapping(({ default: _, ...json }) => json),
  null: () => ({ type: 'null' }),
  nullable,
  nullish: nullable,
  number: () => ({ type: 'number' }),
  object: objectJson,
  object_with_rest: objectJson,
  optional,
  picklist: choice,
  record: recordJson,
  strict_object: objectJson,
  strict_tuple: tuple,
  string: () => ({ type: 'string' }),
  tuple,
  tuple_with_rest: tuple,
  undefinedable: optional,
  union: unionJson,
  unknown: anything,
  variant: variantJson,
}
