import type { AnySchema } from '../../definition/schema.ts'
import type { Side } from './outline.ts'

/** What an output has and an input need not: members with defaults, and the word that others are not let through. */
const ONE_SIDED = new Set(['required', 'default', 'additionalProperties'])

/** The JSON Schema of one side as text to compare with the other; where there is none, no two are equal. */
export function outlineTextOf(schema: AnySchema, side: Side): string | symbol {
  const { jsonSchema } = schema['~standard'] as { jsonSchema?: Record<Side, (o: object) => object> }
  try {
    const options = { target: 'draft-2020-12', libraryOptions: { unrepresentable: 'any' } }
    const json = jsonSchema?.[side](options)
    if (json === undefined) return Symbol()
    return JSON.stringify(json, (key, value) => (ONE_SIDED.has(key) ? undefined : value))
  } catch {
    return Symbol()
  }
}
