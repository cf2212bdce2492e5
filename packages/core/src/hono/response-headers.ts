import type { AnySchema } from '../definition/schema.ts'
import { coercionOf, type Fields } from './coerce.ts'
import { headerRenamerOf } from './header-renamer.ts'

/** Reads the headers of a response. */
export type ReadHeaders = (headers: Headers) => Fields

/** Makes a function that reads the headers of a response, with the names and types of their schema. */
export function headersReader(schema: AnySchema): ReadHeaders {
  const rename = headerRenamerOf(schema)
  const coerce = coercionOf(schema, { commas: true })
  return (headers) => {
    const fields: Fields = Object.fromEntries(headers)
    rename?.(fields)
    coerce?.(fields)
    return fields
  }
}
