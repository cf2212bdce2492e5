import { escapeSegment } from '../definition/json-pointer.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SentValue, Undeclared } from '../definition/sent-value.ts'
import type { Side } from './conversion.ts'
import type { JsonFault } from './json-fault.ts'
import { createPrune } from './prune.ts'
import { shapeOf } from './shape-of.ts'

/** Options of {@link sentValueOf}. */
export interface SentValueOptions {
  /** The side of the schema that the value is on: a response is an output, a payload an input. */
  readonly side: Side
  /** Members that the schema does not name stay. */
  readonly undeclared: Undeclared
  /** The schema is asked afterwards; it then refuses undeclared members where it is strict. */
  readonly isChecked: boolean
}

/** Gives the value that leaves for one that was given. */
export type SendValue = (given: unknown) => SentValue

/**
 * Makes the function that gives the value which leaves for one that was given: without the members that the schema
 * does not name, and with its defaults.
 */
export function sentValueOf(
  schema: AnySchema,
  { side, undeclared, isChecked }: SentValueOptions,
): SendValue {
  const prune = createPrune(shapeOf(schema, side), {
    keepsUndeclared: undeclared === 'keep',
    keepsStrict: isChecked,
  })
  return (given) => {
    const fault: JsonFault = { path: [], reason: undefined }
    try {
      const value = prune(given, fault)
      if (value === undefined) fault.reason ??= 'is undefined, which JSON has no value for'
      return fault.reason === undefined ? { value } : { fault: sentenceOf(fault) }
    } catch (error) {
      if (!(error instanceof RangeError && /stack/i.test(error.message))) throw error
      return { fault: 'the value is nested too deeply, or contains itself' }
    }
  }
}

function sentenceOf({ path, reason }: JsonFault): string {
  const keys = path.map((key) => escapeSegment(String(key)))
  return `${keys.length > 0 ? `/${keys.join('/')}` : 'the whole value'} ${reason}`
}
