import { CoreError } from '../definition/errors.ts'
import type { Side } from './conversion.ts'

/** The remedy for each side, as an example in the words of one library. */
export type RemedyExamples = Readonly<Record<Side, string>>

/**
 * The part of a schema that cannot be converted: a JSON Pointer whose `*` is any item and whose `|2` is the second
 * branch of a union.
 */
interface RefusedPart {
  readonly what: string
  readonly pointer: string
}

/** The error for a part that has no JSON form: what and where it is, and what to declare instead. */
export function refusal({ what, pointer }: RefusedPart, remedy: string): CoreError {
  const where = pointer === '' ? '' : `at '${pointer}', `
  return new CoreError('schema', `${where}${what} has no JSON form. ${remedy}`)
}

const REMEDIES = {
  input: 'Declare the type that is sent, and transform it to others',
  output: 'End the schema with a schema of what is sent',
}

/** The remedy for a part that has no JSON form, with an example where the library is known. */
export function remedyFor(side: Side, examples?: RemedyExamples): string {
  return examples ? `${REMEDIES[side]}, such as ${examples[side]}.` : `${REMEDIES[side]}.`
}
