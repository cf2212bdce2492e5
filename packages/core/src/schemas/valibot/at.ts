import type { CoreError } from '../../definition/errors.ts'
import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { AnySchema } from '../../definition/schema.ts'
import type { Side, Wire } from '../conversion.ts'

/** The state of a conversion: its side and wire, its position, and how to continue into the parts of a schema. */
export interface At {
  readonly side: Side
  readonly wire: Wire
  /** The error for a part at this position that has no JSON form. */
  readonly refusal: (what: string, remedy?: string) => CoreError
  /**
   * Converts a part; one with a name becomes a reference. The segment, unescaped, is `/name` for a member, `/*` for
   * any item, `|2` for the second branch of a union, and empty for the same value.
   */
  readonly inside: (schema: AnySchema, segment: string) => JsonSchema
}
