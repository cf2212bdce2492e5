import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { At } from '../at.ts'
import type { ValibotAction } from './data.ts'

/** What a transformation gives, and the valibot schema whose checks may follow. */
export interface Transformed {
  /** Nothing, where it may be another after a change of the same type. */
  readonly json?: () => JsonSchema
  readonly type: string
}

const MADE: Readonly<Record<string, readonly [type: string, json: JsonSchema]>> = {
  map_items: ['array', { type: 'array' }],
  parse_boolean: ['boolean', { type: 'boolean' }],
  parse_json: ['unknown', {}],
  stringify_json: ['string', { type: 'string', contentMediaType: 'application/json' }],
  to_boolean: ['boolean', { type: 'boolean' }],
  to_date: ['date', { type: 'string', format: 'date-time' }],
  to_number: ['number', { type: 'number' }],
  to_string: ['string', { type: 'string' }],
}

/**
 * What comes out of a transformation, where its name says it.
 *
 * @throws {CoreError} with `schema` where only its function knows
 */
export function transformed({ type }: ValibotAction, at: At): Transformed {
  const made = MADE[type]
  if (made) return { type: made[0], json: () => ({ ...made[1] }) }
  if (type === 'to_bigint' && at.wire === 'text') {
    return { type: 'bigint', json: () => ({ type: 'integer' }) }
  }
  throw at.refusal(`what valibot's '${type}' gives`)
}
