import type { Context } from 'hono'
import type { ParameterPart } from '../definition/parts.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Fields } from './coerce.ts'
import { queryOf } from './query.ts'

/** Reads the parameters of one part. */
export type ReadFields = (c: Context) => Fields

/** How the parameters of one part are read, made into what their schema takes. */
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

/** Whether each field of a valibot schema is text, as it comes; that is seen at a glance. */
function takesText(part: ParameterPart, schema: AnySchema): boolean {
  if (schema['~standard'].vendor !== 'valibot') return false
  const { entries } = schema as unknown as ValibotData
  if (entries === undefined || !Object.values(entries).every(isText)) return false
  // headers come with lower-case names
  return part !== 'headers' || Object.keys(entries).every((name) => name === name.toLowerCase())
}

/** Optional text is text as well. */
function isText({ type, wrapped }: ValibotData): boolean {
  return wrapped ? isText(wrapped) : type === 'string'
}
