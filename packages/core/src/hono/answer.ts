import type { Context } from 'hono'
import type { OperationDefinition, ResponseDefinition } from '../definition.ts'
import { declaredFor } from '../status.ts'
import { checkAnswer } from './check-answer.ts'
import { declareEvents } from './events.ts'

/** How the answers of one operation are made and held to what is declared: worked out once. */
export interface AnswerPlan {
  readonly definition: OperationDefinition
  readonly hasSchemas: boolean
  readonly hasOtherTypes: boolean
}

export function answerPlanOf(definition: OperationDefinition): AnswerPlan {
  const responses = Object.values(definition.responses)
  return {
    definition,
    hasSchemas: responses.some(({ schema }) => schema !== undefined),
    hasOtherTypes: responses.some(({ content }) => content !== undefined),
  }
}

/** Takes the answer that the handler gave. */
export type Conclude = (answer: Response) => Response | Promise<Response>

const asItIs: Conclude = (answer) => answer

/**
 * Readies a context for one answer: `c.body` gives the declared media type, and what the other methods are given
 * is kept until the handler has answered, to be checked then.
 */
export function prepareAnswer(c: Context, plan: AnswerPlan, isChecked: boolean): Conclude {
  const { definition, hasSchemas, hasOtherTypes } = plan
  if (hasOtherTypes) {
    declareEvents(c, definition, isChecked)
    const { body } = c
    c.body = ((data: string, status?: number, headers?: Record<string, string>) =>
      body(
        data,
        status as never,
        typed(definition, status ?? 200, headers),
      )) as unknown as typeof c.body
  }
  if (!isChecked) return asItIs

  let made: { readonly response: Response; readonly value: unknown } | undefined
  const kept = <TArguments extends readonly unknown[]>(
    method: (...args: TArguments) => Response,
  ) => {
    return (...args: TArguments): Response => {
      const response = method(...args)
      made = { response, value: args[0] }
      return response
    }
  }
  // what is given back is what Hono gives back
  if (hasSchemas) c.json = kept(c.json as never) as typeof c.json
  if (hasOtherTypes) {
    c.text = kept(c.text as never) as typeof c.text
    c.html = kept(c.html as never) as typeof c.html
    c.body = kept(c.body as never) as typeof c.body
  }
  return (response) => {
    // what is in a stream is not known yet
    const isMade = made?.response === response && !(made.value instanceof ReadableStream)
    const body = isMade ? made : undefined
    return checkAnswer({ response, body }, definition)
  }
}

/** The declared media type, where there is one and the handler names none. */
function typed(
  { responses }: OperationDefinition,
  status: number,
  headers: Record<string, string> = {},
): Record<string, string> {
  const declared: ResponseDefinition | undefined = declaredFor(responses, status)
  const [type, ...others] = Object.keys(declared?.content ?? {})
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  if (type === undefined || others.length > 0 || isNamed) return headers
  return { ...headers, 'content-type': type }
}
