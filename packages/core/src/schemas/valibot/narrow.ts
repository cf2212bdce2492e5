import type { Draft } from '../../definition/draft.ts'
import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import { isSameJson } from '../is-same-json.ts'

const LOWER = /^(?:m|exclusiveM)in/
const UPPER = /^(?:m|exclusiveM)ax/

/**
 * Adds keywords to a schema, which is changed in place. Of two bounds the stricter one stays; a keyword that would
 * stand twice goes into `allOf`.
 *
 * @example
 * narrow({ type: 'string', pattern: '^a' }, { pattern: 'b$' })
 * // { type: 'string', pattern: '^a', allOf: [{ pattern: 'b$' }] }
 */
export function narrow(json: Draft<JsonSchema>, more: JsonSchema): void {
  const others: unknown[] = []
  for (const keyword in more) {
    const value = more[keyword]
    const present = json[keyword]
    if (present === undefined) json[keyword] = value
    else if (LOWER.test(keyword)) json[keyword] = Math.max(Number(present), Number(value))
    else if (UPPER.test(keyword)) json[keyword] = Math.min(Number(present), Number(value))
    else if (keyword === 'type' && present === 'number' && value === 'integer') json.type = value
    else if (keyword === 'allOf' && Array.isArray(value)) others.push(...value)
    else if (!isSameJson(present, value)) others.push({ [keyword]: value })
  }
  if (others.length > 0) json.allOf = [...(Array.isArray(json.allOf) ? json.allOf : []), ...others]
}
