import type { AnySchema } from '../definition/schema.ts'
import { coercion, type Fields } from './coerce.ts'
import { headerNames } from './header-names.ts'

/** Reads the headers of an answer. */
export type ReadHeaders = (headers: Headers) => Fields

/** Works out how the headers of an answer become what their schema gives: their names, and what they are text of. */
export function headersReader(schema: AnySchema): ReadHeaders {
  const rename = headerNames(schema)
  const coerce = coercion(schema, { commas: true })
  return (headers) => {
    const fields: Fields = Object.fromEntries(headers)
    rename?.(fields)
    coerce?.(fields)
    return fields
  }
}
