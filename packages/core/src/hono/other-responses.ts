import type { OperationDefinition, ResponseDefinition } from '../definition/definition.ts'
import { declaredFor } from '../definition/status.ts'
import { declareEvents } from './events.ts'
import type { MadeBody, PrepareContext } from './made-body.ts'

/**
 * Makes the function that prepares the contexts of an operation: `c.body` and `c.json` send the declared media type if
 * the handler names none, the bodies that are not JSON are recorded, and `streamEvents` finds the operation.
 */
export function otherPreparer(definition: OperationDefinition): PrepareContext {
  const { responses } = definition
  return (c, made, runtime) => {
    declareEvents(c, definition, runtime)
    c.json = withDefaultType(c.json, (status) => declared(responses, status)?.mediaType)
    const body = withDefaultType(c.body, (status) => {
      const [type, ...others] = Object.keys(declared(responses, status)?.content ?? {})
      return others.length === 0 ? type : undefined
    })
    c.body = recordValue(body, made)
    c.text = recordValue(c.text, made, 'text/plain')
    c.html = recordValue(c.html, made, 'text/html')
  }
}

/** Wraps a method, to add the responses that it makes to a list. */
function recordValue<TMethod>(method: TMethod, made: MadeBody[], type?: string): TMethod {
  // the common signature of the context's methods
  const make = method as (...args: unknown[]) => Response
  const makeRecorded = (value: unknown, status: unknown, headers: unknown): Response => {
    const response = make(value, status, headers)
    made.push({ response, value, type: headers === undefined ? type : undefined })
    return response
  }
  // it returns the response of Hono's method
  return makeRecorded as TMethod
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
