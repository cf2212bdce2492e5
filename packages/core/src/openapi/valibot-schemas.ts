import type { ValibotSchema } from '../valibot-data.ts'
import { type At, refusal } from './at.ts'
import type { JsonSchema } from './message-types.ts'
import { objectJson, recordJson } from './valibot-objects.ts'
import { REMEDIES, REMEDY } from './valibot-remedies.ts'
import { intersectJson, unionJson, variantJson } from './valibot-unions.ts'
import { nullableJson, optionalJson, withoutNull } from './valibot-wrapped.ts'

/** What a schema is in JSON; `undefined` where JSON cannot hold it. */
type Converter = (schema: ValibotSchema, at: At) => JsonSchema | undefined

/**
 * Converts a schema that has no pipe, by its type.
 *
 * @throws {CoreError} with `schema` for what JSON cannot hold
 */
export function schemaJson(schema: ValibotSchema, at: At): JsonSchema {
  const json = CONVERTERS[schema.type]?.(schema, at)
  if (json) return json
  const what = schema.type === 'literal' ? `literal of type ${typeof schema.literal}` : schema.type
  throw refusal(
    { side: at.side, pointer: at.pointer() },
    `valibot's '${what}'`,
    REMEDIES[schema.type] ?? REMEDY,
  )
}

const anything: Converter = () => ({})
/** Of these the text of a parameter or a form may hold one. */
const inText: Converter = (_, { wire }) => (wire === 'text' ? {} : undefined)
const binary: Converter = (_, { wire }) =>
  wire === 'text' ? { type: 'string', format: 'binary' } : undefined

const literal: Converter = ({ literal: value }, { wire }) => {
  if (typeof value === 'bigint') {
    return wire === 'text' && Number.isSafeInteger(Number(value))
      ? { type: 'integer', const: Number(value) }
      : undefined
  }
  return isScalar(value) ? { type: typeof value, const: value } : undefined
}

const choice: Converter = ({ options = [] }, { wire }) => {
  const values = options.map((one) =>
    typeof one === 'bigint' && wire === 'text' && Number.isSafeInteger(Number(one))
      ? Number(one)
      : one,
  )
  if (values.length === 0) return { not: {} }
  if (!values.every(isScalar)) return undefined
  const types = [...new Set(values.map((one) => typeof one))]
  return { type: types.length === 1 ? types[0] : types, enum: [...new Set(values)] }
}

const array: Converter = ({ item }, { inside }) => ({
  type: 'array',
  ...(item && { items: inside(item, '/*') }),
})

const tuple: Converter = ({ type, items = [], rest }, { side, inside }) => {
  // what is not there is `undefined` to the last items, and null where it is written
  const last = items.findLastIndex((item) => side === 'output' || !MAY_LACK.has(typeOf(item)))
  const others = rest ? { items: inside(rest, '/*') } : {}
  const isClosed = type === 'strict_tuple'
  return {
    type: 'array',
    ...(items.length > 0 && { prefixItems: items.map((item, i) => inside(item, `/${i}`)) }),
    ...(last >= 0 && { minItems: last + 1 }),
    ...(isClosed ? { items: false } : others),
  }
}

const MAY_LACK = new Set([
  'any',
  'exact_optional',
  'nullish',
  'optional',
  'undefined',
  'undefinedable',
  'unknown',
])

function typeOf(schema: object): string {
  return (schema as ValibotSchema).type
}

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
  exact_optional: optionalJson,
  file: binary,
  instance: inText,
  intersect: intersectJson,
  literal,
  loose_object: objectJson,
  loose_tuple: tuple,
  never: () => ({ not: {} }),
  non_nullable: withoutNull,
  non_nullish: withoutNull,
  non_optional: ({ wrapped }, { inside }) => wrapped && withoutDefault(inside(wrapped, '')),
  null: () => ({ type: 'null' }),
  nullable: nullableJson,
  nullish: nullableJson,
  number: () => ({ type: 'number' }),
  object: objectJson,
  object_with_rest: objectJson,
  optional: optionalJson,
  picklist: choice,
  record: recordJson,
  strict_object: objectJson,
  strict_tuple: tuple,
  string: () => ({ type: 'string' }),
  tuple,
  tuple_with_rest: tuple,
  undefinedable: optionalJson,
  union: unionJson,
  unknown: anything,
  variant: variantJson,
}

function withoutDefault({ default: _, ...json }: JsonSchema): JsonSchema {
  return json
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}
