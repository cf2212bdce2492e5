import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { At } from '../at.ts'
import { narrow } from '../narrow.ts'
import { KEEPS_TYPE } from './actions.ts'
import { annotated, isMetadata } from './annotations.ts'
import { changesType, KEEPS_VALUE, keepsAll } from './changes.ts'
import { checkJson } from './checks.ts'
import {
  dataOf,
  schemaOf,
  type ValibotAction,
  type ValibotItem,
  type ValibotSchema,
} from './data.ts'
import { type Transformed, transformed } from './transformed.ts'

/**
 * Converts a pipe. What it takes is its first schema and all that is checked until the value becomes another;
 * what it gives is its last schema, and what is checked or changed after that.
 */
export function pipeJson(pipe: readonly ValibotItem[], at: At): JsonSchema {
  const json = at.side === 'input' ? inputJson(pipe, at) : outputJson(pipe, at)
  if (!pipe.some(isMetadata)) return json
  const isChange = (item: ValibotItem, index: number) => index > 0 && changesType(item)
  const end = pipe.findIndex(isChange)
  if (end === -1) return annotated(json, pipe, pipe)
  const start = Math.max(lastSchema(pipe), pipe.findLastIndex(isChange))
  return annotated(json, pipe, at.side === 'input' ? pipe.slice(0, end) : pipe.slice(start))
}

/** After these, checks are said as if nothing had changed: whoever sends `' a@b.example'` means the address. */
const SPACES = /^trim|^normalize$/
/** After a change of case, these are not said: the letters may be others. */
const OF_LETTERS = /pattern|const|enum|not/

function inputJson(pipe: readonly ValibotItem[], at: At): JsonSchema {
  const first = pipe[0] as ValibotSchema
  const json = at.inside(schemaOf(first), '')
  if (changesType(first)) return json
  let type = typeOf(first)
  let isChanged = false
  let isRecased = false
  for (let index = 1; index < pipe.length; index++) {
    const item = pipe[index] as ValibotItem
    if (item.kind === 'validation') {
      const more = saysOfInput(item, first) ? checkJson(item, type) : undefined
      if (more && !(isRecased && OF_LETTERS.test(Object.keys(more).join()))) narrow(json, more)
    } else if (item.kind === 'schema') {
      // what follows a change says nothing of what is taken
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

/** Whether a check, which judges what the schema before it gives, says something of what that takes. */
function saysOfInput({ type }: ValibotAction, schema: ValibotSchema): boolean {
  if (type.endsWith('cludes')) return keepsAll(dataOf(schema.item ?? schemaOf(schema)))
  // an object drops members that it does not know
  return schema.type === 'record' || type === 'min_entries' || !type.endsWith('entries')
}

function outputJson(pipe: readonly ValibotItem[], at: At): JsonSchema {
  const last = lastSchema(pipe)
  const schema = pipe[last] as ValibotSchema
  let json = at.inside(schemaOf(schema), '')
  let base: Transformed | undefined
  for (let index = last + 1; index < pipe.length; index++) {
    const item = pipe[index] as ValibotAction
    base ??= baseOf(schema, at)
    if (item.kind === 'validation') {
      const more = checkJson(item, base.type)
      if (more) narrow(json, more)
    }
    if (item.kind !== 'transformation' || KEEPS_VALUE.test(item.type)) continue
    if (!KEEPS_TYPE.has(item.type)) base = transformed(item, at)
    // what was checked before holds no longer
    json = bounded(base.json?.() ?? {}, item)
  }
  return json
}

/** The types that have schemas for any of their values. */
const FREE = /^(?:array|bigint|date|number|string)$/

/** What a schema gives, without its checks. */
function baseOf(schema: ValibotSchema, at: At): Transformed {
  const { type, pipe } = schema
  if (pipe === undefined) {
    return FREE.test(type) ? { type, json: () => at.inside(schemaOf(schema), '') } : { type }
  }
  const last = lastSchema(pipe)
  const change = pipe.findLast((item, index) => index > last && changesType(item))
  return change ? transformed(change as ValibotAction, at) : baseOf(pipe[last] as ValibotSchema, at)
}

/** These two leave a bound behind. */
function bounded(json: JsonSchema, { type, requirement }: ValibotAction): JsonSchema {
  if (typeof requirement !== 'number' || json.type !== 'number') return json
  if (type === 'to_min_value') return { ...json, minimum: requirement }
  return type === 'to_max_value' ? { ...json, maximum: requirement } : json
}

function lastSchema(pipe: readonly ValibotItem[]): number {
  return pipe.findLastIndex(({ kind }) => kind === 'schema')
}

/** The type that a pipe begins with. */
function typeOf({ type, pipe }: ValibotSchema): string {
  return pipe ? typeOf(pipe[0] as ValibotSchema) : type
}
