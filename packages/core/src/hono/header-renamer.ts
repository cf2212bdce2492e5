import type { AnySchema } from '../definition/schema.ts'
import { outlineOf } from '../schemas/outline-of.ts'
import type { Fields } from './coerce.ts'

/**
 * Makes a function that renames headers, which arrive in lower case, to the spelling of their schema. `undefined` if
 * the schema has all names in lower case.
 */
export function headerRenamerOf(schema: AnySchema): ((fields: Fields) => void) | undefined {
  const names = outlineOf(schema, 'input').names.filter((name) => name !== name.toLowerCase())
  if (names.length === 0) return undefined
  return (fields) => {
    for (const name of names) {
      const lower = name.toLowerCase()
      if (!Object.hasOwn(fields, lower)) continue
      fields[name] = fields[lower]
      delete fields[lower]
    }
  }
}
