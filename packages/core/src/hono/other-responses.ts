import type { Context } from 'hono'
import type { OperationDefinition, ResponseDefinition } from '../definition/definition.ts'
import { declaredFor } from '../definition/status.ts'
import { declareEvents } from './events.ts'

/** Prepares a context for responses that are not `application/json`. */
export type PrepareOther = (c: Context, definition: OperationDefinition, isChecked: boolean) => void

/**
 * Lets `c.body` and `c.json` send the declared media type if the handler names none, and stores the operation for
 * `streamEvents`.
 */
export const prepareOther: PrepareOther = (c, definition, isChecked) => {
  declareEvents(c, definition, isChecked)
  const { responses } = definition
  c.body = withDefaultType(c.body, (status) => {
    const [type, ...others] = Object.keys(declared(responses, status)?.content ?? {})
    return others.length === 0 ? type : undefined
  })
  c.json = withDefaultType(c.json, (status) => declared(responses, status)?.mediaType)
}

type Headers = Readonly<Record<string, string>>

function declared(
  responses: OperationDefinition['responses'],
  status: number,
): ResponseDefinition | undefined {
  return declaredFor(responses, status)
}

/** Wraps a method, to send a default media type if the handler names none. */
function withDefaultType<TMethod>(
  method: TMethod,
  typeOf: (status: number) => string | undefined,
): TMethod {
  // the common signature of `c.body` and `c.json`
  const make = method as (value: unknown, status: unknown, headers: Headers) => Response
  const makeTyped = (value: unknown, status: number = 200, headers: Headers = {}): Response => {
    const type = typeOf(status)
    const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
    const all = type === undefined || isNamed ? headers : { ...headers, 'content-type': type }
    return make(value, status, all)
  }
  // it returns the response of Hono's method
  return makeTyped as TMethod
}
