import type { Context } from 'hono'
import type { AnyOperation } from '../operation.ts'
import { operationIdOf } from '../operation-id.ts'
import { type ProblemDetails, type ProblemStatus, problem, problemOf } from '../problem.ts'
import type { ProblemFormat } from '../problem-format.ts'
import { securityKeysOf } from '../security-keys.ts'
import { answerPlanOf, prepareAnswer } from './answer.ts'
import { type BoundCallbacks, bindCallbacks } from './callbacks.ts'
import { planOf, type ReadRequest, readRequest } from './request.ts'
import { type Runtime, runtimeOf } from './runtime.ts'

interface Tools {
  readonly callbacks: BoundCallbacks
  readonly body: { readonly type: string; readonly value: unknown } | undefined
}

const NO_CALLBACKS: BoundCallbacks = Object.freeze({})

/**
 * Makes the one Hono handler of an operation: it reads and validates once, binds the callbacks, and holds the
 * answer to its declaration. It awaits nothing that is not a promise.
 */
export function honoHandler(
  operation: AnyOperation,
  given?: Runtime,
): (c: Context) => Response | Promise<Response> {
  const definition = operation['~definition']
  // `handle` has checked the function against these arguments
  const answer = operation['~handler'] as (c: Context, tools: Tools) => Response | Promise<Response>
  const sends = Object.keys(definition.callbacks).length > 0
  const bound = { definition, id: operationIdOf(definition), keys: securityKeysOf(definition) }
  const answerPlan = answerPlanOf(definition)
  // on the first request: an app of many operations starts without looking into their schemas
  let requestPlan: ReturnType<typeof planOf> | undefined

  const respond = (c: Context, runtime: Runtime, read: ReadRequest) => {
    if (!read.ok) {
      const format = definition.problems ?? runtime.problems
      return format ? formatted(c, format, read) : problem(read.status, read.details)
    }
    const callbacks = sends ? bindCallbacks(c, bound, { body: read.raw, runtime }) : NO_CALLBACKS
    const conclude = prepareAnswer(c, answerPlan, runtime.checkResponses)
    const answered = answer(c, { callbacks, body: read.body })
    return answered instanceof Promise ? answered.then(conclude) : conclude(answered)
  }

  return (c) => {
    requestPlan ??= planOf(definition.request)
    const runtime = given ?? runtimeOf(c)
    const read = readRequest(c, requestPlan, runtime.bodyLimit)
    return read instanceof Promise
      ? read.then((settled) => respond(c, runtime, settled))
      : respond(c, runtime, read)
  }
}

/** A problem in the words of the API. */
async function formatted(
  c: Context,
  format: ProblemFormat,
  { status, details }: { readonly status: ProblemStatus; readonly details: ProblemDetails },
): Promise<Response> {
  const body = await format['~body'](problemOf(status, details), c)
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': format.mediaType },
  })
}
