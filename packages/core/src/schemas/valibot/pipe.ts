import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { Side } from '../conversion.ts'
import { KEEPS_TYPE } from './actions.ts'
import { annotated, isMetadata } from './annotations.ts'
import type { At } from './at.ts'
import { changesType, KEEPS_VALUE, keepsAll } from './changes.ts'
import { checkJson } from './checks.ts'
import {
  dataOf,
  type Pipe,
  schemaOf,
  type ValibotAction,
  type ValibotItem,
  type ValibotSchema,
} from './data.ts'
import { narrow } from './narrow.ts'
import { endOf } from './pipe-end.ts'
import { type Transformed, transformed } from './transformed.ts'

/**
 * Converts a pipe. Its input is its first schema with all checks before the type changes; its output is its last schema
 * with the checks and transformations after it.
 */
export function pipeJson(pipe: Pipe, at: At): JsonSchema {
  const json = at.side === 'input' ? inputJson(pipe, at) : outputJson(pipe, at)
  return pipe.some(isMetadata) ? annotated(json, pipe, itemsOf(pipe, at.side)) : json
}

/** The items that apply to the value of one side: those before the first change of type, or after the last. */
function itemsOf(pipe: Pipe, side: Side): readonly ValibotItem[] {
  const isChange = (item: ValibotItem, index: number) => index > 0 && changesType(item)
  const end = pipe.findIndex(isChange)
  if (end === -1) return pipe
  if (side === 'input') return pipe.slice(0, end)
  const lastSchema = pipe.findLastIndex(({ kind }) => kind === 'schema')
  return pipe.slice(Math.max(lastSchema, pipe.findLastIndex(isChange)))
}

/** Checks after these are written as if nothing had changed: a client that sends `' a@b.example'` means the address. */
const SPACES = /^trim|^normalize$/
/** Keywords that a change of case invalidates. */
const OF_LETTERS = new Set(['pattern', 'const', 'enum', 'not'])

function inputJson(pipe: Pipe, at: At): JsonSchema {
  const [first, ...items] = pipe
  const json = at.inside(schemaOf(first), '')
  if (changesType(first)) return json
  let type = typeOf(first)
  let isChanged = false
  let isRecased = false
  for (const item of items) {
    if (item.kind === 'validation') {
      const more = describesInput(item, first) ? checkJson(item, type) : undefined
      const isOfLetters = isRecased && Object.keys(more ?? {}).some((key) => OF_LETTERS.has(key))
      if (more && !isOfLetters) narrow(json, more)
    } else if (item.kind === 'schema') {
      // after a change, a schema describes another value than the input
      if (isChanged || !keepsAll(first)) break
      narrow(json, at.inside(schemaOf(item), ''))
      if (changesType(item)) break
      type = typeOf(item)
    } else if (item.kind === 'transformation' && !KEEPS_VALUE.test(item.type)) {
      isChanged = true
      isRecased ||= item.type.endsWith('_case')
      if (!SPACES.test(item.type) && !isRecased) break
    }
  }
  return json
}

/** Checks of the number of members that undeclared members, which an object drops, may break. */
const OF_ENTRIES = /^(?:max_|not_)?entries$/

/** Whether a check of the first schema's output also holds for its input. */
function describesInput({ type }: ValibotAction, schema: ValibotSchema): boolean {
  if (type === 'includes' || type === 'excludes') {
    return keepsAll(schema.item ? dataOf(schema.item) : schema)
  }
  return schema.type === 'record' || !OF_ENTRIES.test(type)
}

function outputJson(pipe: Pipe, at: At): JsonSchema {
  const { schema, actions } = endOf(pipe)
  let json = at.inside(schemaOf(schema), '')
  let base: Transformed | undefined
  for (const item of actions) {
    base ??= baseOf(schema, at)
    if (item.kind === 'validation') {
      const more = checkJson(item, base.type)
      if (more) narrow(json, more)
    }
    if (item.kind !== 'transformation' || KEEPS_VALUE.test(item.type)) continue
    if (!KEEPS_TYPE.has(item.type)) base = transformed(item, at)
    // earlier checks do not hold for the new value
    json = bounded(base.json?.() ?? {}, item)
  }
  return json
}

/** The types that have schemas for any of their values. */
const FREE = /^(?:array|bigint|date|number|string)$/

/** The output of a schema without its checks. */
function baseOf(schema: ValibotSchema, at: At): Transformed {
  const { type, pipe } = schema
  if (pipe === undefined) {
    return FREE.test(type) ? { type, json: () => at.inside(schemaOf(schema), '') } : { type }
  }
  const end = endOf(pipe)
  const change = end.actions.findLast(changesType)
  return change ? transformed(change, at) : baseOf(end.schema, at)
}

/** Adds the bound that `toMinValue` or `toMaxValue` guarantees. */
function bounded(json: JsonSchema, { type, requirement }: ValibotAction): JsonSchema {
  if (typeof requirement !== 'number' || json.type !== 'number') return json
  if (type === 'to_min_value') return { ...json, minimum: requirement }
  return type === 'to_max_value' ? { ...json, maximum: requirement } : json
}

/** The type that a pipe begins with. */
function typeOf({ type, pipe }: ValibotSchema): string {
  return pipe ? typeOf(pipe[0]) : type
}
