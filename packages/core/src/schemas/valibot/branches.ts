import type { AnySchema } from '../../definition/schema.ts'
import type { ValibotSchema } from './data.ts'

/** The branches of a union, variant or intersection. */
export function branchesOf({ options = [] }: ValibotSchema): readonly AnySchema[] {
  // the options of these types are schemas
  return options as readonly AnySchema[]
}
