import type { AnySchema } from '../definition/schema.ts'
import { dataOf } from './valibot/data.ts'

/**
 * The names of an object's fields, if every field takes text and no outline is needed to see it; that code is loaded
 * late. `undefined` for any other schema.
 */
export function textFieldsOf(schema: AnySchema): readonly string[] | undefined {
  const { entries } = dataOf(schema)
  if (schema['~standard'].vendor !== 'valibot' || !entries) return undefined
  return Object.values(entries).every(isText) ? Object.keys(entries) : undefined
}

/** Optional text is text as well. */
function isText(schema: AnySchema): boolean {
  const { type, wrapped } = dataOf(schema)
  return wrapped ? isText(wrapped) : type === 'string'
}
