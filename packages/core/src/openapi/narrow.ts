import type { JsonSchema } from './message-types.ts'

const LOWER = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'])
const UPPER = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'])

/**
 * A schema that asks for more: of two bounds the stricter one stands, and what one keyword cannot say twice goes
 * into `allOf`.
 *
 * @example
 * narrow({ type: 'string', pattern: '^a' }, { pattern: 'b$' })
 * // { type: 'string', pattern: '^a', allOf: [{ pattern: 'b$' }] }
 */
export function narrow(json: JsonSchema, more: JsonSchema): JsonSchema {
  const narrowed: Record<string, unknown> = { ...json }
  const others: unknown[] = []
  for (const [keyword, value] of Object.entries(more)) {
    const present = narrowed[keyword]
    if (present === undefined) narrowed[keyword] = value
    else if (LOWER.has(keyword)) narrowed[keyword] = Math.max(Number(present), Number(value))
    else if (UPPER.has(keyword)) narrowed[keyword] = Math.min(Number(present), Number(value))
    else if (keyword === 'type' && present === 'number' && value === 'integer') {
      narrowed.type = value
    } else if (keyword === 'allOf') others.push(...(value as readonly unknown[]))
    else if (JSON.stringify(present) !== JSON.stringify(value)) others.push({ [keyword]: value })
  }
  if (others.length === 0) return narrowed
  return { ...narrowed, allOf: [...((narrowed.allOf as readonly unknown[]) ?? []), ...others] }
}
