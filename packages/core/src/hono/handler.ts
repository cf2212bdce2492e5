import type { Context } from 'hono'
import { loadDeclared, loadWords } from '#late'
import type { OperationDefinition } from '../definition/definition.ts'
import type { AnyOperation } from '../definition/operation.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import type { BindCallbacks, Bound, BoundCallbacks } from './callbacks.ts'
import type { BoundExchange } from './context.ts'
import { type ReadRequest, readRequest } from './read-request.ts'
import type { Refused } from './refusal.ts'
import { type RequestPlan, requestPlanOf } from './request-plan.ts'
import {
  concludeResponse,
  prepareResponse,
  type Responding,
  type ResponsePlan,
  responsePlanOf,
} from './response-plan.ts'
import { type Runtime, runtimeOf } from './runtime.ts'

interface Tools {
  readonly callbacks: BoundCallbacks
  readonly exchange: BoundExchange
  readonly body: { readonly type: string; readonly value: unknown } | undefined
}

/** The parts of handling that are the same for all requests of an operation; each is loaded only if it is needed. */
interface Plan {
  readonly request: RequestPlan
  readonly responses: ResponsePlan
  readonly bind: BindCallbacks | undefined
}

const NOTHING: Bound = {
  callbacks: Object.freeze({}),
  exchange: { keep: async () => (await loadDeclared()).refuseToKeep() },
}

/**
 * Makes the Hono handler of an operation: it reads and validates the request, binds the callbacks, runs the function,
 * and checks the response. After the first request it awaits only promises.
 */
export function honoHandler(
  operation: AnyOperation,
  given?: Runtime,
): (c: Context) => Response | Promise<Response> {
  const definition = operation['~definition']
  // `handle` has checked the function against these arguments
  const handle = operation['~handler'] as (c: Context, tools: Tools) => Response | Promise<Response>

  const respond = (c: Context, { responses, bind }: Plan, runtime: Runtime, read: ReadRequest) => {
    if (!read.ok) return respondToRefused(c, definition.problems ?? runtime.problems, read)
    const bound = bind ? bind(c, { body: read.raw, runtime }) : NOTHING
    const { callbacks, exchange, release } = bound
    const tools = { callbacks, exchange, body: read.body }
    const responding = prepareResponse(c, responses, runtime)
    return release
      ? release(() => runHandler(c, tools, responding))
      : runHandler(c, tools, responding)
  }
  const runHandler = (c: Context, tools: Tools, responding: Responding) => {
    const response = handle(c, tools)
    return response instanceof Promise
      ? response.then((settled) => concludeResponse(settled, responding))
      : concludeResponse(response, responding)
  }
  const run = (c: Context, plan: Plan) => {
    const runtime = given ?? runtimeOf(c)
    const read = readRequest(c, plan.request, runtime.bodyLimit)
    return read instanceof Promise
      ? respondLater(c, plan, runtime, read)
      : respond(c, plan, runtime, read)
  }
  const respondLater = async (
    c: Context,
    plan: Plan,
    runtime: Runtime,
    read: Promise<ReadRequest>,
  ) => {
    const response = respond(c, plan, runtime, await read)
    // to return the promise would take three turns more
    return response instanceof Promise ? await response : response
  }

  // on the first request, so that an app with many operations starts without reading their schemas
  let plan: Plan | undefined
  return (c) => {
    if (plan) return run(c, plan)
    return planOf(definition).then((made) => {
      plan = made
      return run(c, made)
    })
  }
}

async function planOf(definition: OperationDefinition): Promise<Plan> {
  const sends = Object.keys(definition.callbacks).length > 0
  return {
    request: await requestPlanOf(definition.request),
    responses: await responsePlanOf(definition),
    bind: sends ? (await loadDeclared()).callbackBinder(definition) : undefined,
  }
}

// kept, since an import costs as much as a small request, also when it is loaded already
let words: typeof import('./words.ts') | undefined

function respondToRefused(
  c: Context,
  format: ProblemFormat | undefined,
  { refusal }: Refused,
): Response | Promise<Response> {
  if (words) return words.refusalResponse(c, refusal, format)
  return loadWords().then((loaded) => {
    words = loaded
    return loaded.refusalResponse(c, refusal, format)
  })
}
