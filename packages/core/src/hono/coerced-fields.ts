import { parse } from 'hono/utils/cookie'
import type { ParameterPart } from '../definition/parts.ts'
import type { AnySchema } from '../definition/schema.ts'
import { coercion, listOf, textLists } from './coerce.ts'
import type { ReadFields } from './fields.ts'
import { headerNames } from './header-names.ts'
import { queryOf } from './query.ts'

/** Reads the parameters of one part, made into what their schema takes. */
export function coercedReader(part: ParameterPart, schema: AnySchema): ReadFields {
  const coerce = coercion(schema, { commas: true })
  const read = RAW[part](schema)
  if (!coerce) return read
  return (c) => {
    const fields = read(c)
    coerce(fields)
    return fields
  }
}

const RAW: Readonly<Record<ParameterPart, (schema: AnySchema) => ReadFields>> = {
  params: (schema) => separated(schema, (c) => c.req.param()),
  query: (schema) => {
    const lists = textLists(schema)
    return (c) => queryOf(c.req.url, lists)
  },
  headers: (schema) => separated(schema, headerReader(schema)),
  cookies: (schema) => separated(schema, (c) => parse(c.req.header('cookie') ?? '')),
}

function headerReader(schema: AnySchema): ReadFields {
  const rename = headerNames(schema)
  if (!rename) return (c) => c.req.header()
  return (c) => {
    const fields = c.req.header()
    rename(fields)
    return fields
  }
}

/** Where nothing tells an encoded comma from another, each separates. */
function separated(schema: AnySchema, read: ReadFields): ReadFields {
  const lists = textLists(schema)
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
