import { CoreError } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Side, Wire } from './json-schema.ts'

/** Where a conversion stands: in which schema's part, for whom, and how it goes on into the parts. */
export interface At {
  readonly side: Side
  readonly wire: Wire
  /** The error for what has no JSON form here. */
  readonly refusal: (what: string, remedy?: Remedy) => CoreError
  /** Converts a part: a reference where it has a name. */
  readonly inside: (schema: AnySchema, segment: string) => JsonSchema
}

/** What to declare instead, on each side. */
export type Remedy = Readonly<Record<Side, string>>

/**
 * Whom a part is refused to, and which it is: a JSON Pointer whose `*` is any item and whose `|2` is the second branch
 * of a union.
 */
interface Refused {
  readonly side: Side
  readonly pointer: string
}

/** The error for a part that has no JSON form: what it is, where, and what to declare instead. */
export function refusal({ side, pointer }: Refused, what: string, remedy: Remedy): CoreError {
  const where = pointer === '' ? '' : `at '${pointer}', `
  return new CoreError('schema', `${where}${what} has no JSON form. ${remedy[side]}`)
}

/** A segment of a pointer, which begins with a slash, escaped as RFC 6901 says. */
export function escaped(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll(/(?!^)\//g, '~1')
}
