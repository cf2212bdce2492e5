import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { At } from './at.ts'
import type { ValibotAction } from './data.ts'

/** The output of a transformation. */
export interface Transformed {
  /** Absent where a further transformation may give any value of the type. */
  readonly json?: () => JsonSchema
  /** The valibot type, whose checks may follow. */
  readonly type: string
}

const OUTPUTS: Readonly<Record<string, readonly [type: string, json: JsonSchema]>> = {
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
 * The output of a transformation, known by its name.
 *
 * @throws {CoreError} with `schema` for a transformation by a function, which may return anything
 */
export function transformed({ type }: ValibotAction, at: At): Transformed {
  const output = OUTPUTS[type]
  if (output) return { type: output[0], json: () => ({ ...output[1] }) }
  if (type === 'to_bigint' && at.wire === 'text') {
    return { type: 'bigint', json: () => ({ type: 'integer' }) }
  }
  throw at.refusal(`the output of valibot's '${type}'`)
}
