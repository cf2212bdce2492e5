import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { essenceOf, JSON_TYPE } from '../definition/media-type.ts'
import { placeOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import { declaredFor } from '../definition/status.ts'
import { type SendValue, sentValueOf } from '../schemas/sent-value.ts'
import { transforms } from '../schemas/transforms.ts'
import { bodySchemaOf } from './body-schema.ts'
import type { PrepareContext } from './made-body.ts'
import type { Runtime } from './runtime.ts'

// loaded with the first request of an operation that declares a JSON body

type Headers = Readonly<Record<string, string | string[]>>

/**
 * Makes the function that prepares the contexts of an operation: `c.json` then leaves out what the schema of the
 * response does not name, and fills in defaults.
 */
export function jsonPreparer(definition: OperationDefinition): PrepareContext {
  // an operation can be mounted in several APIs
  const known = new WeakMap<Runtime, (given: unknown, how: SentAs) => unknown>()
  // not at each request: to write into a weak map costs a microsecond
  const learn = (runtime: Runtime) => {
    const valueFor = declaredValues(definition, runtime)
    known.set(runtime, valueFor)
    return valueFor
  }

  return (c, made, runtime) => {
    const valueFor = known.get(runtime) ?? learn(runtime)
    // the common signature of `c.json`
    const make = c.json as (value: unknown, status?: unknown, headers?: Headers) => Response
    const makeDeclared = (given: unknown, status?: unknown, headers?: Headers): Response => {
      const stated = typeof status === 'number' ? status : 200
      let value = valueFor(given, { status: stated, headers })
      let response = make(value, status, headers)
      if (response.status !== stated) {
        // `c.status(…)` has set another one
        value = valueFor(given, { status: response.status, headers })
        response = make(value, status, headers)
      }
      made.push({ response, value, type: headers === undefined ? JSON_TYPE : undefined })
      return response
    }
    // it returns the response of Hono's method
    c.json = makeDeclared as typeof c.json
  }
}

interface SentAs {
  readonly status: number
  readonly headers: Headers | undefined
}

/** Makes the function that gives the value which leaves, by the schema of its status and media type. */
function declaredValues(
  definition: OperationDefinition,
  { checkResponses, undeclared }: Runtime,
): (given: unknown, how: SentAs) => unknown {
  const known = new Map<AnySchema, SendValue>()
  const sendValueOf = (schema: AnySchema): SendValue => {
    const found = known.get(schema)
    if (found) return found
    const isChecked = checkResponses && !transforms(schema)
    const made = sentValueOf(schema, { side: 'output', undeclared, isChecked })
    known.set(schema, made)
    return made
  }

  return (given, { status, headers }) => {
    const declared = declaredFor(definition.responses, status)
    // most declare one body, whatever its type is called
    const schema = declared?.content ? bodySchemaOf(declared, typeIn(headers)) : declared?.schema
    if (schema === undefined) return given
    const sent = sendValueOf(schema)(given)
    if (sent.fault === undefined) return sent.value
    throw new CoreError(
      'response',
      `${placeOf(definition)} answered ${status} with a body that JSON cannot hold: ${sent.fault}`,
    )
  }
}

function typeIn(headers: Headers = {}): string {
  const name = Object.keys(headers).find((one) => one.toLowerCase() === 'content-type')
  const type = name === undefined ? undefined : headers[name]
  return typeof type === 'string' ? essenceOf(type) : JSON_TYPE
}
