import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { essenceOf, JSON_TYPE } from '../definition/media-type.ts'
import { placeOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import { declaredFor } from '../definition/status.ts'
import { type SendValue, sentValueOf } from '../schemas/sent-value.ts'
import { transforms } from '../schemas/transforms.ts'
import { bodySchemaOf } from './body-schema.ts'
import type { DeclaredBody, PrepareContext } from './made-body.ts'
import type { Runtime } from './runtime.ts'

// loaded with the first request of an operation that declares a JSON body

type Headers = Readonly<Record<string, string | string[]>>

/**
 * Makes the function that prepares the contexts of an operation: `c.json` then leaves out what the schema of the
 * response does not name, and fills in defaults.
 */
export function jsonPreparer(definition: OperationDefinition): PrepareContext {
  // an operation can be mounted in several APIs
  const known = new WeakMap<Runtime, SentBodyOf>()
  let last: { readonly runtime: Runtime; readonly bodyOf: SentBodyOf } | undefined
  const learn = (runtime: Runtime) => {
    const bodyOf = known.get(runtime) ?? sentBodies(definition, runtime)
    known.set(runtime, bodyOf)
    last = { runtime, bodyOf }
    return bodyOf
  }

  return (c, made, runtime) => {
    // most are mounted once
    const bodyOf = last?.runtime === runtime ? last.bodyOf : learn(runtime)
    // the common signature of `c.json`
    const make = c.json as (value: unknown, status?: unknown, headers?: Headers) => Response
    const makeDeclared = (given: unknown, status?: unknown, headers?: Headers): Response => {
      const stated = typeof status === 'number' ? status : 200
      let body = bodyOf(stated, headers)
      let value = body ? body.valueFor(given) : given
      let response = make(value, status, headers)
      // a number is the status, whatever `c.status(…)` has set
      if (stated !== status && response.status !== stated) {
        body = bodyOf(response.status, headers)
        value = body ? body.valueFor(given) : given
        response = make(value, status, headers)
      }
      const isJson = headers === undefined
      made.push({
        response,
        value,
        type: isJson ? JSON_TYPE : undefined,
        declared: isJson ? body : undefined,
      })
      return response
    }
    // it returns the response of Hono's method
    c.json = makeDeclared as typeof c.json
  }
}

/** A declared body, and the value of it that leaves for one that was given. */
interface SentBody extends DeclaredBody {
  readonly valueFor: (given: unknown) => unknown
}

/** The declared body of a status and of the media type in some headers. */
type SentBodyOf = (status: number, headers: Headers | undefined) => SentBody | undefined

function sentBodies(
  definition: OperationDefinition,
  { checkResponses, undeclared }: Runtime,
): SentBodyOf {
  const known = new Map<AnySchema, SendValue>()
  const sendValueOf = (schema: AnySchema): SendValue => {
    const found = known.get(schema)
    if (found) return found
    const isChecked = checkResponses && !transforms(schema)
    const made = sentValueOf(schema, { side: 'output', undeclared, isChecked })
    known.set(schema, made)
    return made
  }

  const makeBody = (status: number, headers: Headers | undefined): SentBody | undefined => {
    const response = declaredFor(definition.responses, status)
    if (response === undefined) return undefined
    // most declare one body, whatever its type is called
    const schema = response.content ? bodySchemaOf(response, typeIn(headers)) : response.schema
    const sendValue = schema && sendValueOf(schema)
    const valueFor = (given: unknown): unknown => {
      if (sendValue === undefined) return given
      const sent = sendValue(given)
      if (sent.fault === undefined) return sent.value
      throw new CoreError(
        'response',
        `${placeOf(definition)} answered ${status} with a body that JSON cannot hold: ${sent.fault}`,
      )
    }
    return { status, response, schema, valueFor }
  }

  // the statuses that handlers send without headers
  const bodies = new Map<number, SentBody | undefined>()
  return (status, headers) => {
    if (headers !== undefined) return makeBody(status, headers)
    const found = bodies.get(status)
    if (found) return found
    const made = makeBody(status, undefined)
    bodies.set(status, made)
    return made
  }
}

function typeIn(headers: Headers = {}): string {
  const name = Object.keys(headers).find((one) => one.toLowerCase() === 'content-type')
  const type = name === undefined ? undefined : headers[name]
  return typeof type === 'string' ? essenceOf(type) : JSON_TYPE
}
