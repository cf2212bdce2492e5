import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Conversion } from './conversion.ts'
import { refusal, remedyFor } from './refusal.ts'

/** ArkType's description of a part that JSON Schema cannot represent. */
interface Context {
  readonly base: JsonSchema
  readonly domain?: string
  readonly unit?: unknown
  readonly proto?: { readonly name?: string }
}

/** Options of ArkType's converter, which by default leaves out what JSON Schema cannot represent. */
export function arkTypeOptions({ side, wire }: Conversion): Record<string, unknown> {
  const unless = (json: JsonSchema, what: string): JsonSchema => {
    if (wire === 'text') return json
    throw refusal({ what: `ArkType's ${what}`, pointer: '' }, remedyFor(side, EXAMPLES))
  }
  const fallback = {
    date: ({ base }: Context) =>
      side === 'output' || wire === 'text'
        ? { type: 'string', format: 'date-time' }
        : unless(base, 'Date'),
    domain: ({ base, domain }: Context) =>
      unless(domain === 'bigint' ? { type: 'integer' } : base, String(domain)),
    proto: ({ base, proto }: Context) => unless(base, String(proto?.name)),
    symbolKey: ({ base }: Context) => unless(base, 'symbol as a key'),
    // a member that may be `undefined` may be left out
    unit: ({ base, unit }: Context) =>
      unit === undefined ? { not: {} } : unless(base, `${typeof unit} as a value`),
  }
  return { fallback }
}

const EXAMPLES = {
  input: "type('string').pipe(…)",
  output: ".pipe(…).to('string')",
}

/** The title that `configure({ title })` gave. */
export function arkTypeTitleOf(schema: AnySchema): string | undefined {
  if (!('meta' in schema)) return undefined
  const { meta } = schema
  const title = typeof meta === 'object' && meta && 'title' in meta ? meta.title : undefined
  return typeof title === 'string' ? title : undefined
}
