import type { CoreError } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { refusal } from './at.ts'
import type { Conversion } from './json-schema.ts'

/** What ArkType says of what it cannot represent. */
interface Context {
  readonly base: JsonSchema
  readonly domain?: string
  readonly unit?: unknown
  readonly proto?: { readonly name?: string }
}

/** What ArkType's converter is told: by itself it says nothing of what JSON has no word for. */
export function arkTypeOptions({ side, wire }: Conversion): { readonly libraryOptions: object } {
  const refused = (what: string): CoreError =>
    refusal({ side, pointer: '' }, `ArkType's ${what}`, REMEDY)
  const unless = (json: JsonSchema, what: string): JsonSchema => {
    if (wire === 'text') return json
    throw refused(what)
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
    // a member that may be `undefined` is one that may be left out
    unit: ({ base, unit }: Context) =>
      unit === undefined ? { not: {} } : unless(base, `${typeof unit} as a value`),
  }
  return { libraryOptions: { fallback } }
}

/** The title that `configure({ title })` gave. */
export function arkTypeTitleOf(schema: AnySchema): string | undefined {
  // cheaper than the vendor, that valibot makes anew each time
  if (!('meta' in schema) || schema['~standard'].vendor !== 'arktype') return undefined
  const { title } = (schema.meta ?? {}) as { readonly title?: unknown }
  return typeof title === 'string' ? title : undefined
}

const REMEDY = {
  input: "Declare what is on the wire, and turn it into other types: type('string').pipe(…).",
  output: "Let the type end with what is sent, as in .pipe(…).to('string').",
}
