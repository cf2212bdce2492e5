import type { Side } from '../conversion.ts'
import { partsOf } from './changes.ts'
import type { ValibotItem, ValibotSchema } from './data.ts'
import { endOf } from './pipe-end.ts'

/** Whether `undefined` is the only value of a schema. */
export function isAbsent({ type }: ValibotItem): boolean {
  return type === 'undefined' || type === 'void'
}

/**
 * Whether a schema takes `undefined`, which is what an array has past its end, or returns it, which JSON leaves out of
 * an object and writes as null in an array.
 */
export function mayBeUndefined(schema: ValibotSchema, side: Side): boolean {
  const { type, pipe, default: value, fallback } = schema
  const isInput = side === 'input'
  if (!isInput && pipe) return mayBeUndefined(endOf(pipe).schema, side)
  if (DEFAULTED.test(type)) return isInput || value === undefined
  if (isInput && (fallback !== undefined || ANY.test(type))) return true
  if (isAbsent(schema)) return true
  const isExcluded = type === 'non_nullish' || type === 'non_optional'
  return (
    !isExcluded &&
    partsOf(schema).some((part) => part.kind === 'schema' && mayBeUndefined(part, side))
  )
}

const DEFAULTED = /^(?:nullish|optional|undefinedable)$/
const ANY = /^(?:any|custom|unknown)$/
