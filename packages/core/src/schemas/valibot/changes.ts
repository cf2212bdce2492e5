import { KEEPS_TYPE } from './actions.ts'
import { branchesOf } from './branches.ts'
import { dataOf, type ValibotItem, type ValibotSchema } from './data.ts'
import { targetOf } from './lazy.ts'

/** Transformations whose output is their input, as far as JSON Schema can tell. */
export const KEEPS_VALUE = /^(?:brand|flavor|guard|readonly|sort_items)$/

const JOINED = /^(?:intersect|union|variant)$/

/** Whether a part of a pipe may change the type of a value; members and items of the value do not count. */
export function changesType(item: ValibotItem): boolean {
  if (item.kind !== 'schema') return item.kind === 'transformation' && !KEEPS_TYPE.has(item.type)
  return partsOf(item).some(changesType)
}

/** Whether a schema returns its input unchanged, so that whatever is asked of its output is asked of its input. */
export function keepsAll(schema: ValibotSchema): boolean {
  const { entries, item, items, key, fallback } = schema
  return !(entries ?? item ?? items ?? key ?? fallback) && partsOf(schema).length === 0
}

const NONE: readonly ValibotItem[] = []

/** The parts that a schema passes its whole value to: those of a pipe, a union or a wrapper. */
export function partsOf(schema: ValibotSchema): readonly ValibotItem[] {
  const { type, pipe, wrapped } = schema
  if (pipe) return pipe
  if (type === 'lazy') return [targetOf(schema)]
  if (wrapped) return [dataOf(wrapped)]
  return JOINED.test(type) ? branchesOf(schema).map(dataOf) : NONE
}
