import { KEEPS_TYPE } from './actions.ts'
import { dataOf, type ValibotItem, type ValibotSchema } from './data.ts'
import { targetOf } from './lazy.ts'

/** These make no other value of one. */
export const KEEPS_VALUE = /^(?:brand|flavor|guard|readonly|sort_items)$/

const JOINED = /^(?:intersect|union|variant)$/

/** Whether a part of a pipe may give another type than it takes; what is inside an object or a list may. */
export function changesType(item: ValibotItem): boolean {
  if (item.kind !== 'schema') return item.kind === 'transformation' && !KEEPS_TYPE.has(item.type)
  return partsOf(item).some(changesType)
}

/** Whether a schema gives what it takes, so that what another schema asks of that, it asks of this. */
export function keepsAll(schema: ValibotSchema): boolean {
  const { entries, item, items, key, fallback } = schema
  return !(entries ?? item ?? items ?? key ?? fallback) && partsOf(schema).length === 0
}

const NONE: readonly ValibotItem[] = []

/** The schemas that a value is passed on to as it is, and what is in the pipe. */
export function partsOf(schema: ValibotItem): readonly ValibotItem[] {
  const { type, pipe, wrapped, options } = schema as ValibotSchema
  if (pipe) return pipe
  if (type === 'lazy') return [targetOf(schema as ValibotSchema)]
  if (wrapped) return [dataOf(wrapped)]
  return JOINED.test(type) ? (options as readonly ValibotSchema[]) : NONE
}
