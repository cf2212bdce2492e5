import type { Context } from 'hono'
import { loadDeclared } from '#late'
import type { ParameterPart } from '../definition/parts.ts'
import type { AnySchema } from '../definition/schema.ts'
import { textFieldsOf } from '../schemas/text-fields.ts'
import type { Fields } from './coerce.ts'
import { queryOf } from './query.ts'

/** Reads the parameters of one part. */
export type ReadFields = (c: Context) => Fields

/** Makes a function that reads the parameters of one part, converted to the types of their schema. */
export async function fieldReader(part: ParameterPart, schema: AnySchema): Promise<ReadFields> {
  if (part !== 'cookies' && takesThemAsSent(part, schema)) return TEXT[part]
  const { coercedReader } = await loadDeclared()
  return coercedReader(part, schema)
}

const TEXT: Readonly<Record<Exclude<ParameterPart, 'cookies'>, ReadFields>> = {
  params: (c) => c.req.param(),
  query: (c) => queryOf(c.req.url, undefined),
  headers: (c) => c.req.header(),
}

/** True if a schema accepts the fields as they arrive: as text, and headers with lower-case names. */
function takesThemAsSent(part: ParameterPart, schema: AnySchema): boolean {
  const names = textFieldsOf(schema)
  if (!names) return false
  return part !== 'headers' || names.every((name) => name === name.toLowerCase())
}
