import type { Context } from 'hono'
import type { OperationDefinition, ResponseDefinition } from '../definition/definition.ts'
import { declaredFor } from '../definition/status.ts'
import { declareEvents } from './events.ts'

/** Readies a context for answers of other media types than `application/json`. */
export type PrepareOther = (c: Context, definition: OperationDefinition, isChecked: boolean) => void

/**
 * `c.body` and `c.json` give the declared media type, where the handler names none; `streamEvents` finds what is
 * declared of its events.
 */
export const prepareOther: PrepareOther = (c, definition, isChecked) => {
  declareEvents(c, definition, isChecked)
  const { responses } = definition
  c.body = typed(c.body, (status) => {
    const [type, ...others] = Object.keys(declared(responses, status)?.content ?? {})
    return others.length === 0 ? type : undefined
  })
  c.json = typed(c.json, (status) => declared(responses, status)?.mediaType)
}

type Headers = Readonly<Record<string, string>>

function declared(
  responses: OperationDefinition['responses'],
  status: number,
): ResponseDefinition | undefined {
  return declaredFor(responses, status)
}

/** The same method, with a media type of its own where the handler names none. */
function typed<TMethod>(method: TMethod, typeOf: (status: number) => string | undefined): TMethod {
  const make = method as (value: unknown, status: unknown, headers: Headers) => Response
  const typing = (value: unknown, status: number = 200, headers: Headers = {}): Response => {
    const type = typeOf(status)
    const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
    const all = type === undefined || isNamed ? headers : { ...headers, 'content-type': type }
    return make(value, status, all)
  }
  // what is given back is what Hono gives back
  return typing as TMethod
}
