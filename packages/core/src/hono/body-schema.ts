import type { ResponseDefinition } from '../definition/definition.ts'
import { declaredTypeOf, isJson } from '../definition/media-type.ts'
import type { AnySchema } from '../definition/schema.ts'

/** The schema of a response's body of one media type, if it is declared. */
export function bodySchemaOf(
  { content = {}, schema }: ResponseDefinition,
  essence: string,
): AnySchema | undefined {
  const declared = declaredTypeOf(essence, content)
  return declared === undefined ? (isJson(essence) ? schema : undefined) : content[declared]
}
