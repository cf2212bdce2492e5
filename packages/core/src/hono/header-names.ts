import type { AnySchema } from '../definition/schema.ts'
import { outlineOf } from '../schemas/outline/outline-of.ts'
import type { Fields } from './coerce.ts'

/**
 * Gives headers, which arrive with lower-case names, the names that their schema has for them; the names of
 * headers have no case. `undefined` when the schema's are lower-case as well.
 */
export function headerNames(schema: AnySchema): ((fields: Fields) => void) | undefined {
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
