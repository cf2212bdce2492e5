import type { Context } from 'hono'
import type { ParameterPart } from '../definition/parts.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Fields } from './coerce.ts'
import { queryOf } from './query.ts'

/** Reads the parameters of one part. */
export type ReadFields = (c: Context) => Fields

/** Makes a function that reads the parameters of one part, converted to the types of their schema. */
export async function fieldReader(part: ParameterPart, schema: AnySchema): Promise<ReadFields> {
  if (part !== 'cookies' && takesText(part, schema)) return TEXT[part]
  const { coercedReader } = await import('./declared.ts')
  return coercedReader(part, schema)
}

const TEXT: Readonly<Record<Exclude<ParameterPart, 'cookies'>, ReadFields>> = {
  params: (c) => c.req.param(),
  query: (c) => queryOf(c.req.url, undefined),
  headers: (c) => c.req.header(),
}

interface ValibotData {
  readonly type: string
  readonly entries?: Readonly<Record<string, ValibotData>>
  readonly wrapped?: ValibotData
}

/** True for a valibot schema whose fields are all text, which needs no conversion; it is quick to find out. */
function takesText(part: ParameterPart, schema: AnySchema): boolean {
  if (schema['~standard'].vendor !== 'valibot') return false
  // the vendor has said that it is valibot's
  const { entries } = schema as unknown as ValibotData
  if (entries === undefined || !Object.values(entries).every(isText)) return false
  // header names arrive in lower case
  return part !== 'headers' || Object.keys(entries).every((name) => name === name.toLowerCase())
}

/** True for text, and for optional text. */
function isText({ type, wrapped }: ValibotData): boolean {
  return wrapped ? isText(wrapped) : type === 'string'
}
