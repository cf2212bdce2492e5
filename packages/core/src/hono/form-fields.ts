import type { AnySchema } from '../definition/schema.ts'
import { outlineOf } from '../schemas/outline-of.ts'
import { type Coerce, coercionOf } from './coerce.ts'

/**
 * Makes a function that converts the fields of a form. A browser sends every input of a form, also an empty one: where
 * the field is optional, that counts as not given. Files that are not chosen are left out by the reader.
 */
export function formCoercionOf(schema: AnySchema): Coerce | undefined {
  const coerce = coercionOf(schema, { commas: false })
  const outline = outlineOf(schema, 'input')
  const optional = outline.names.filter((name) => outline.member(name)?.isOptional)
  if (optional.length === 0) return coerce
  return (fields) => {
    for (const name of optional) if (isBlank(fields[name])) delete fields[name]
    coerce?.(fields)
  }
}

/** An empty text, or several. */
function isBlank(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isBlank) : value === ''
}
