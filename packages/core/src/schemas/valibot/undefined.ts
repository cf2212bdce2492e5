import type { Side } from '../json-schema.ts'
import { partsOf } from './changes.ts'
import type { ValibotItem, ValibotSchema } from './data.ts'

/** Whether a schema has no value but `undefined`. */
export function isAbsent({ type }: ValibotItem): boolean {
  return type === 'undefined' || type === 'void'
}

/**
 * Whether a schema may take `undefined`, which is what a list has past its end; or give it, which is no member of an
 * object and null in a list.
 */
export function mayBeUndefined(schema: ValibotItem, side: Side): boolean {
  const { type, pipe, default: value, fallback } = schema as ValibotSchema
  const isTaken = side === 'input'
  const last = isTaken ? undefined : pipe?.findLast(({ kind }) => kind === 'schema')
  if (last) return mayBeUndefined(last, side)
  if (DEFAULTED.test(type)) return isTaken || value === undefined
  if (isTaken && (fallback !== undefined || ANY.test(type))) return true
  const isHeld = type === 'non_nullish' || type === 'non_optional'
  return isAbsent(schema) || (!isHeld && partsOf(schema).some((one) => mayBeUndefined(one, side)))
}

const DEFAULTED = /^(?:nullish|optional|undefinedable)$/
const ANY = /^(?:any|custom|unknown)$/
