import type { AnySchema } from '../definition/schema.ts'
import { arkTypeTitleOf } from './arktype.ts'
import { valibotTitleOf } from './valibot/title-of.ts'
import { zodIdOf } from './zod.ts'

/** The name that an author gave a schema by means of its library. An id identifies the schema, a title need not. */
export interface SchemaTitle {
  readonly text: string
  readonly isId: boolean
}

/** The id of a zod schema, or the title of a valibot schema or an ArkType. */
export function titleOf(schema: AnySchema): SchemaTitle | undefined {
  switch (schema['~standard'].vendor) {
    case 'valibot':
      return titled(valibotTitleOf(schema), false)
    case 'zod':
      return titled(zodIdOf(schema), true)
    case 'arktype':
      return titled(arkTypeTitleOf(schema), false)
    default:
      return undefined
  }
}

function titled(text: string | undefined, isId: boolean): SchemaTitle | undefined {
  return text === undefined ? undefined : { text, isId }
}
