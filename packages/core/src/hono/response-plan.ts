import type { Context } from 'hono'
import type { OperationDefinition } from '../definition/definition.ts'
import { JSON_TYPE } from '../definition/media-type.ts'
import type { AnySchema } from '../definition/schema.ts'
import { checkResponse, type MadeBody } from './check-response.ts'
import type { PrepareOther } from './other-responses.ts'
import type { ReadHeaders } from './response-headers.ts'

/** The steps that make and check the responses of one operation; made once. */
export interface ResponsePlan {
  readonly definition: OperationDefinition
  readonly hasSchemas: boolean
  /** Prepares a context for media types other than JSON, if some are declared. */
  readonly prepareOther: PrepareOther | undefined
  /** Functions that read the headers of a response, by their schema. */
  readonly readHeaders: ReadonlyMap<AnySchema, ReadHeaders>
}

/** Makes the plan for the responses of an operation. */
export async function responsePlanOf(definition: OperationDefinition): Promise<ResponsePlan> {
  const responses = Object.values(definition.responses)
  const headers = responses.flatMap((response) => response.headers ?? [])
  const readHeaders = new Map<AnySchema, ReadHeaders>()
  if (headers.length > 0) {
    const { headersReader } = await import('./declared.ts')
    for (const schema of headers) readHeaders.set(schema, headersReader(schema))
  }
  const hasOther = responses.some(({ content, mediaType }) => content ?? mediaType)
  return {
    definition,
    hasSchemas: responses.some(({ schema }) => schema !== undefined),
    prepareOther: hasOther ? (await import('./declared.ts')).prepareOther : undefined,
    readHeaders,
  }
}

/** Checks the response of a handler, and returns it. */
export type Conclude = (response: Response) => Response | Promise<Response>

const returnUnchecked: Conclude = (response) => response

/** Prepares a context for one response: its methods record the value of the body, which is checked after the handler. */
export function prepareResponse(c: Context, plan: ResponsePlan, isChecked: boolean): Conclude {
  const { definition, hasSchemas, prepareOther } = plan
  prepareOther?.(c, definition, isChecked)
  if (!isChecked) return returnUnchecked

  let made: MadeBody | undefined
  const recordValue = <TMethod>(method: TMethod, type?: string): TMethod => {
    // the common signature of the context's methods
    const make = method as (...args: unknown[]) => Response
    const makeRecorded = (value: unknown, status: unknown, headers: unknown): Response => {
      const response = make(value, status, headers)
      made = { response, value, type: headers === undefined ? type : undefined }
      return response
    }
    // it returns the response of Hono's method
    return makeRecorded as TMethod
  }
  if (hasSchemas) c.json = recordValue(c.json, JSON_TYPE)
  if (prepareOther) {
    c.text = recordValue(c.text, 'text/plain')
    c.html = recordValue(c.html, 'text/html')
    c.body = recordValue(c.body)
  }
  return (response) => checkResponse(response, made, plan)
}
