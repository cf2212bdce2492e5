import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { CoreError } from '../definition/errors.ts'
import type { AnySchema, OutputOf } from '../definition/schema.ts'
import { toProblemIssues } from '../problems/problem-issues.ts'
import { transforms } from '../schemas/transforms.ts'
import { eventSchemaOf } from './events.ts'
import type { ResponseFor } from './response-types.ts'

/** One server-sent event. */
export interface ServerEvent<TData> {
  /** Sent as it is where it is text, as JSON otherwise. */
  readonly data: TData
  readonly event?: string
  readonly id?: string
  /** Milliseconds that the client waits before it connects again. */
  readonly retry?: number
}

/** Where a handler writes its events. */
export interface EventStream<TData> {
  send(event: ServerEvent<TData>): Promise<void>
  /** Runs when the client goes away. */
  onAbort(listener: () => void): void
  readonly aborted: boolean
}

interface EventContext<TResponses> {
  readonly '~responses'?: TResponses
}

type EventKey<TStatus extends number> = `${TStatus} text/event-stream`

type DataOf<TResponses, TStatus extends number> = TResponses extends {
  readonly [TKey in EventKey<TStatus>]: infer TSchema
}
  ? TSchema extends AnySchema
    ? OutputOf<TSchema>
    : string
  : never

/**
 * Answers with server-sent events, each with data as `.responseAs(200, 'text/event-stream', …)` declares it.
 * The stream ends when the function does.
 *
 * @example
 * route('get', '/ticks')
 *   .responseAs(200, 'text/event-stream', v.object({ at: v.number() }))
 *   .handle((c) =>
 *     streamEvents(c, 200, async (stream) => {
 *       await stream.send({ event: 'tick', data: { at: 1 } })
 *     }),
 *   )
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function streamEvents<TResponses, TStatus extends number>(
  context: EventContext<TResponses>,
  status: TStatus,
  run: (stream: EventStream<DataOf<TResponses, TStatus>>) => Promise<void>,
): ResponseFor<Extract<keyof TResponses, EventKey<TStatus>>> {
  // the narrowed context is Hono's
  const c = context as unknown as Context
  const { schema, isChecked } = eventSchemaOf(c, status)
  c.status(status as never)
  const response = streamSSE(c, async (stream) => {
    const sink: EventStream<DataOf<TResponses, TStatus>> = {
      async send({ data, ...event }) {
        if (schema && isChecked) await checkData(schema, data, c)
        const text = typeof data === 'string' ? data : JSON.stringify(data)
        await stream.writeSSE({ ...event, data: text })
      },
      onAbort: (listener) => stream.onAbort(listener),
      get aborted() {
        return stream.aborted
      },
    }
    try {
      await run(sink)
    } catch (error) {
      // the answer has begun, so that all that is left is to end it; Hono would send the message to the client
      console.error(error)
    }
  })
  return response as unknown as ReturnType<typeof streamEvents<TResponses, TStatus>>
}

async function checkData(schema: AnySchema, data: unknown, c: Context): Promise<void> {
  const { issues } = await schema['~standard'].validate(data)
  if (!issues || transforms(schema)) return
  const [first] = toProblemIssues('body', issues, data)
  throw new CoreError(
    'response',
    `${c.req.method} ${c.req.path} sent an event that breaks its schema: ${first?.pointer} ${first?.detail}`,
  )
}
