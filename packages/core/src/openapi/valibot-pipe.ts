import type { AnySchema } from '../schema.ts'
import { KEEPS_TYPE } from '../valibot-actions.ts'
import type { ValibotAction, ValibotItem, ValibotSchema } from '../valibot-data.ts'
import type { At } from './at.ts'
import type { JsonSchema } from './message-types.ts'
import { narrow } from './narrow.ts'
import { annotated, isMetadata } from './valibot-annotations.ts'
import { checked } from './valibot-checks.ts'
import { type Transformed, transformed } from './valibot-transformed.ts'

/** What those make that change a value: nothing that was checked before them holds after them. */
const KEEPS_VALUE: ReadonlySet<string> = new Set([
  'brand',
  'flavor',
  'guard',
  'readonly',
  'sort_items',
])

/**
 * Converts a pipe. What it takes is its first schema and all that is checked until the value becomes another;
 * what it gives is its last schema, and what is checked or changed after that.
 */
export function pipeJson(pipe: readonly ValibotItem[], at: At): JsonSchema {
  const last = pipe.findLastIndex((item) => item.kind === 'schema')
  const json = at.side === 'input' ? inputJson(pipe, at) : outputJson(pipe.slice(last), at)
  if (!pipe.some(isMetadata)) return json
  const isChange = (item: ValibotItem, index: number) => index > 0 && changesType(item)
  const start = Math.max(last, pipe.findLastIndex(isChange))
  const end = pipe.findIndex(isChange)
  const said = end === -1 ? pipe : at.side === 'input' ? pipe.slice(0, end) : pipe.slice(start)
  return annotated(json, pipe, said)
}

function inputJson([first, ...rest]: readonly ValibotItem[], at: At): JsonSchema {
  if (first === undefined) return {}
  let json = at.inside(first as unknown as AnySchema, '')
  if (changesType(first)) return json
  let isChanged = false
  for (const item of rest) {
    if (item.kind === 'schema') {
      // what follows a change says nothing of what is taken
      if (isChanged) break
      json = narrow(json, at.inside(item as unknown as AnySchema, ''))
    } else if (item.kind === 'validation') json = checked(json, item, typeOf(first))
    else if (item.kind === 'transformation') {
      if (!KEEPS_TYPE.has(item.type)) break
      isChanged ||= !KEEPS_VALUE.has(item.type)
    }
  }
  return json
}

function outputJson([schema, ...rest]: readonly ValibotItem[], at: At): JsonSchema {
  if (schema === undefined || schema.kind !== 'schema') return {}
  let json = at.inside(schema as unknown as AnySchema, '')
  let base = baseOf(schema, at)
  for (const item of rest as readonly ValibotAction[]) {
    if (item.kind === 'validation') json = checked(json, item, base.type)
    if (item.kind !== 'transformation' || KEEPS_VALUE.has(item.type)) continue
    if (!KEEPS_TYPE.has(item.type)) base = transformed(item, at)
    // what was checked before holds no longer
    json = bounded(base.json(), item)
  }
  return json
}

/** What a schema gives, without its checks. */
function baseOf(schema: ValibotSchema, at: At): Transformed {
  const { type, pipe } = schema
  if (pipe === undefined) return { type, json: () => at.inside(schema as unknown as AnySchema, '') }
  const last = pipe.findLastIndex((item) => item.kind === 'schema')
  const change = pipe.findLast((item, index) => index > last && changesType(item))
  return change ? transformed(change as ValibotAction, at) : baseOf(pipe[last] as ValibotSchema, at)
}

/** These two leave a bound behind. */
function bounded(json: JsonSchema, { type, requirement }: ValibotAction): JsonSchema {
  if (typeof requirement !== 'number' || json.type !== 'number') return json
  if (type === 'to_min_value') return { ...json, minimum: requirement }
  return type === 'to_max_value' ? { ...json, maximum: requirement } : json
}

/** The type that a pipe begins with. */
function typeOf(item: ValibotItem): string {
  const [first] = (item.kind === 'schema' && item.pipe) || []
  return first ? typeOf(first) : item.type
}

/** Whether a part of a pipe may give another type than it takes. */
function changesType(item: ValibotItem): boolean {
  if (item.kind === 'transformation') return !KEEPS_TYPE.has(item.type)
  return item.kind === 'schema' && (item.pipe?.some(changesType) ?? false)
}
