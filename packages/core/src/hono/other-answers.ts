import type { Context } from 'hono'
import type { OperationDefinition, ResponseDefinition } from '../definition.ts'
import { declaredFor } from '../status.ts'
import { declareEvents } from './events.ts'

/** Readies a context for answers of other media types than JSON. */
export type PrepareOther = (c: Context, definition: OperationDefinition, isChecked: boolean) => void

/** `c.body` gives the declared media type, and `streamEvents` finds what is declared of its events. */
export const prepareOther: PrepareOther = (c, definition, isChecked) => {
  declareEvents(c, definition, isChecked)
  const { body } = c
  c.body = ((data: string, status?: number, headers?: Record<string, string>) =>
    body(
      data,
      status as never,
      typed(definition, status ?? 200, headers),
    )) as unknown as typeof c.body
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
