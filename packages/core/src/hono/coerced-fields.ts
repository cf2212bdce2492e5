import { parse } from 'hono/utils/cookie'
import type { ParameterPart } from '../definition/parts.ts'
import type { AnySchema } from '../definition/schema.ts'
import { coercionOf, listOf, textListsOf } from './coerce.ts'
import type { ReadFields } from './fields.ts'
import { headerRenamerOf } from './header-renamer.ts'
import { queryOf } from './query.ts'

/** Makes a function that reads the parameters of one part, converted to the types of their schema. */
export function coercedReader(part: ParameterPart, schema: AnySchema): ReadFields {
  const coerce = coercionOf(schema, { commas: true })
  const read = TEXT_READERS[part](schema)
  if (!coerce) return read
  return (c) => {
    const fields = read(c)
    coerce(fields)
    return fields
  }
}

/** Makers of functions that read the text of each part. */
const TEXT_READERS: Readonly<Record<ParameterPart, (schema: AnySchema) => ReadFields>> = {
  params: (schema) => splitLists(schema, (c) => c.req.param()),
  query: (schema) => {
    const lists = textListsOf(schema)
    return (c) => queryOf(c.req.url, lists)
  },
  headers: (schema) => splitLists(schema, headerReaderOf(schema)),
  cookies: (schema) => splitLists(schema, (c) => parse(c.req.header('cookie') ?? '')),
}

function headerReaderOf(schema: AnySchema): ReadFields {
  const rename = headerRenamerOf(schema)
  if (!rename) return (c) => c.req.header()
  return (c) => {
    const fields = c.req.header()
    rename(fields)
    return fields
  }
}

/** Splits lists at every comma, for parts in which encoded commas cannot be told from others. */
function splitLists(schema: AnySchema, read: ReadFields): ReadFields {
  const lists = textListsOf(schema)
  if (!lists) return read
  return (c) => {
    const fields = read(c)
    for (const name of lists) {
      const value = fields[name]
      if (typeof value === 'string') fields[name] = listOf(value)
    }
    return fields
  }
}
