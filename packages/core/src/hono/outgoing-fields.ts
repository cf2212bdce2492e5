import type { AnySchema } from '../definition/schema.ts'
import { outlineOf } from '../schemas/outline-of.ts'
import { coercionOf, type Fields, listOf, textListsOf } from './coerce.ts'
import { headerRenamerOf } from './header-renamer.ts'
import { queryOf } from './query.ts'

/** The readers of this module, which is loaded by the first callback that needs one. */
export interface OutgoingFields {
  readonly readHeaderFields: (schema: AnySchema, headers: Headers) => Record<string, unknown>
  readonly readQueryFields: (schema: AnySchema, url: string) => Record<string, unknown>
  readonly readFormFields: (schema: AnySchema, text: string) => Record<string, unknown>
}

/** Reads the header fields of a callback, converted to the types of their schema; no others, such as the signature. */
export function readHeaderFields(schema: AnySchema, headers: Headers): Fields {
  const fields: Fields = Object.fromEntries(headers)
  headerRenamerOf(schema)?.(fields)
  for (const name of textListsOf(schema) ?? []) {
    const value = fields[name]
    if (typeof value === 'string') fields[name] = listOf(value)
  }
  const outline = outlineOf(schema, 'input')
  for (const name of Object.keys(fields)) if (!outline.member(name)) delete fields[name]
  coercionOf(schema, { commas: true })?.(fields)
  return fields
}

/** Reads the query of a callback, converted to the types of its schema. The URL may have a query of its own. */
export function readQueryFields(schema: AnySchema, url: string): Fields {
  const fields = queryOf(url, textListsOf(schema))
  const outline = outlineOf(schema, 'input')
  for (const name of Object.keys(fields)) if (!outline.member(name)) delete fields[name]
  coercionOf(schema, { commas: true })?.(fields)
  return fields
}

/** Reads the fields of a form, converted to the types of their schema. */
export function readFormFields(schema: AnySchema, text: string): Fields {
  const fields = queryOf(`?${text}`, undefined)
  coercionOf(schema, { commas: false })?.(fields)
  return fields
}
