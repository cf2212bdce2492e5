import type { Draft } from '../definition/draft.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'

const LOWER = /^(?:m|exclusiveM)in/
const UPPER = /^(?:m|exclusiveM)ax/

/**
 * Makes a schema, that the caller just made, ask for more: of two bounds the stricter one stands, and what one
 * keyword cannot say twice goes into `allOf`.
 *
 * @example
 * narrow({ type: 'string', pattern: '^a' }, { pattern: 'b$' })
 * // { type: 'string', pattern: '^a', allOf: [{ pattern: 'b$' }] }
 */
export function narrow(json: Draft<JsonSchema>, more: JsonSchema): void {
  let others: unknown[] | undefined
  for (const keyword in more) {
    const value = more[keyword]
    const present = json[keyword]
    if (present === undefined) json[keyword] = value
    else if (LOWER.test(keyword)) json[keyword] = Math.max(Number(present), Number(value))
    else if (UPPER.test(keyword)) json[keyword] = Math.min(Number(present), Number(value))
    else if (keyword === 'type' && present === 'number' && value === 'integer') json.type = value
    else {
      others ??= []
      if (keyword === 'allOf') others.push(...(value as readonly unknown[]))
      else if (JSON.stringify(present) !== JSON.stringify(value)) others.push({ [keyword]: value })
    }
  }
  if (others?.length) json.allOf = [...((json.allOf as readonly unknown[]) ?? []), ...others]
}
