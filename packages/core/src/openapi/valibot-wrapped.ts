import { dataOf, type ValibotSchema } from '../valibot-data.ts'
import type { At } from './at.ts'
import { jsonValue } from './json-value.ts'
import type { JsonSchema } from './message-types.ts'

/** Converts what may be left out. */
export function optionalJson(schema: ValibotSchema, at: At): JsonSchema | undefined {
  const { wrapped } = schema
  if (!wrapped) return undefined
  const json = at.inside(wrapped, '')
  return schema.default === undefined ? json : { ...json, ...defaultOf(schema, at) }
}

/** Converts what may be null; where a default takes null's place, no answer has null. */
export function nullableJson(schema: ValibotSchema, at: At): JsonSchema | undefined {
  const { wrapped, type, default: fallback } = schema
  if (!wrapped) return undefined
  const json = at.inside(wrapped, '')
  if (at.side === 'output' && fallback !== undefined && fallback !== null) return json
  // a default of v.nullable stands for null, not for what is left out
  const either = { anyOf: [json, { type: 'null' }] }
  return type === 'nullish' && fallback !== undefined
    ? { ...either, ...defaultOf(schema, at) }
    : either
}

/** Converts what may be null without it. */
export function withoutNull({ wrapped }: ValibotSchema, at: At): JsonSchema | undefined {
  if (!wrapped) return undefined
  const { default: _, ...json } = at.inside(wrapped, '')
  // null that a default takes the place of may be sent
  if (at.side === 'input' && dataOf(wrapped).default != null) return json
  const { type, anyOf, ...rest } = json
  if (Array.isArray(anyOf)) {
    const branches = anyOf.filter((one) => (one as JsonSchema).type !== 'null')
    const [only] = branches
    return branches.length === 1
      ? { ...(only as JsonSchema), ...rest }
      : { anyOf: branches, ...rest }
  }
  return type !== undefined && type !== 'null' ? json : { allOf: [json, { not: { type: 'null' } }] }
}

/** Whether the output may be `undefined`, which is not written. */
export function mayBeAbsent({ type, options = [], default: fallback }: ValibotSchema): boolean {
  if (type === 'undefinedable') return fallback === undefined
  if (type === 'union') return options.some((option) => isAbsent(option as ValibotSchema))
  return isAbsent({ kind: 'schema', type })
}

/** Whether a schema has no value but `undefined`. */
export function isAbsent({ type }: ValibotSchema): boolean {
  return type === 'undefined' || type === 'void'
}

/** A default is what a request may leave out; a function may give another one each time, so that none is written. */
function defaultOf({ default: value }: ValibotSchema, { side }: At): JsonSchema {
  const written = side === 'input' ? jsonValue(value) : undefined
  return written === undefined ? {} : { default: written }
}
