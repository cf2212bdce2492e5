import type { Context } from 'hono'
import { loadDeclared, loadWords } from '#late'
import type { OperationDefinition } from '../definition/definition.ts'
import type { AnySchema } from '../definition/schema.ts'
import { type CheckPlan, checkResponse } from './check-response.ts'
import { jsonPreparer } from './json-response.ts'
import type { MadeBody, PrepareContext } from './made-body.ts'
import type { ReadHeaders } from './response-headers.ts'
import type { Runtime } from './runtime.ts'

/** The steps that make and check the responses of one operation; made once. */
export interface ResponsePlan extends CheckPlan {
  /** Prepares a context for JSON bodies, if some are declared. */
  readonly prepareJson: PrepareContext | undefined
  /** Prepares a context for media types other than JSON, if some are declared. */
  readonly prepareOther: PrepareContext | undefined
}

/** Makes the plan for the responses of an operation. */
export async function responsePlanOf(definition: OperationDefinition): Promise<ResponsePlan> {
  const responses = Object.values(definition.responses)
  const headers = responses.flatMap((response) => response.headers ?? [])
  const readHeaders = new Map<AnySchema, ReadHeaders>()
  if (headers.length > 0) {
    const { headersReader } = await loadDeclared()
    for (const schema of headers) readHeaders.set(schema, headersReader(schema))
  }
  const hasOther = responses.some(({ content, mediaType }) => content ?? mediaType)
  const hasBody = responses.some(({ content, schema }) => content ?? schema)
  return {
    definition,
    prepareJson: hasBody ? jsonPreparer(definition) : undefined,
    prepareOther: hasOther ? (await loadDeclared()).otherPreparer(definition) : undefined,
    readHeaders,
  }
}

/** One response to be: the bodies that the methods of its context made, and the rules for them. */
export interface Responding {
  readonly made: MadeBody[]
  readonly plan: ResponsePlan
  readonly runtime: Runtime
}

/** Prepares a context for one response: its methods record the value of the body, which is checked after the handler. */
export function prepareResponse(c: Context, plan: ResponsePlan, runtime: Runtime): Responding {
  const { prepareJson, prepareOther } = plan
  const made: MadeBody[] = []
  prepareOther?.(c, made, runtime)
  prepareJson?.(c, made, runtime)
  return { made, plan, runtime }
}

/** Checks the response of a handler, and returns it. */
export function concludeResponse(
  response: Response,
  { made, plan, runtime }: Responding,
): Response | Promise<Response> {
  // from JavaScript, or where a cast hides it; a server may have its own class of responses
  if (!isResponse(response)) return refuseNoResponse(plan.definition)
  return runtime.checkResponses ? checkResponse(response, made, plan) : response
}

function isResponse(response: Partial<Response> | undefined): boolean {
  return response instanceof Response || response?.headers !== undefined
}

async function refuseNoResponse(definition: OperationDefinition): Promise<never> {
  const { noResponse } = await loadWords()
  throw noResponse(definition)
}
