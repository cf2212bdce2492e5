import type { Context } from 'hono'
import type { OperationDefinition } from '../definition/definition.ts'
import { JSON_TYPE } from '../definition/media-type.ts'
import type { AnySchema } from '../definition/schema.ts'
import { checkResponse, type MadeBody } from './check-response.ts'
import type { PrepareOther } from './other-responses.ts'
import type { ReadHeaders } from './response-headers.ts'

/** How the answers of one operation are made and held to what is declared: worked out once. */
export interface ResponsePlan {
  readonly definition: OperationDefinition
  readonly hasSchemas: boolean
  /** Readies a context for other media types than JSON, where some are declared. */
  readonly prepareOther: PrepareOther | undefined
  /** Reads the headers of an answer as their schema gives them. */
  readonly readHeaders: ReadonlyMap<AnySchema, ReadHeaders>
}

/** Works out how an operation answers. */
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

/** Takes the answer that the handler gave. */
export type Conclude = (response: Response) => Response | Promise<Response>

const asItIs: Conclude = (response) => response

/** Readies a context for one answer: what its methods are given is kept until the handler has answered, to be checked then. */
export function prepareResponse(c: Context, plan: ResponsePlan, isChecked: boolean): Conclude {
  const { definition, hasSchemas, prepareOther } = plan
  prepareOther?.(c, definition, isChecked)
  if (!isChecked) return asItIs

  let made: MadeBody | undefined
  const kept = <TMethod>(method: TMethod, type?: string): TMethod => {
    const make = method as (...args: unknown[]) => Response
    const keeping = (value: unknown, status: unknown, headers: unknown): Response => {
      const response = make(value, status, headers)
      made = { response, value, type: headers === undefined ? type : undefined }
      return response
    }
    // what is given back is what Hono gives back
    return keeping as TMethod
  }
  if (hasSchemas) c.json = kept(c.json, JSON_TYPE)
  if (prepareOther) {
    c.text = kept(c.text, 'text/plain')
    c.html = kept(c.html, 'text/html')
    c.body = kept(c.body)
  }
  return (response) => checkResponse(response, made, plan)
}
