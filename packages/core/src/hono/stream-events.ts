import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { StatusCode } from 'hono/utils/http-status'
import { loadEventData } from '#late'
import type { AnySchema, OutputOf } from '../definition/schema.ts'
import { eventSchemaOf } from './events.ts'
import type { ResponseFor } from './response-types.ts'

/** One server-sent event. */
export interface ServerEvent<TData> {
  /** Text is sent unchanged, other data as JSON. */
  readonly data: TData
  readonly event?: string
  readonly id?: string
  /** Milliseconds after which the client reconnects. */
  readonly retry?: number
}

/** The stream that a handler sends its events to. */
export interface EventStream<TData> {
  send(event: ServerEvent<TData>): Promise<void>
  /** Adds a function that runs when the client disconnects. */
  onAbort(listener: () => void): void
  readonly aborted: boolean
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
 * Responds with server-sent events, whose data `.responseAs(200, 'text/event-stream', …)` declares. The stream ends
 * when the function does.
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
 * @throws {CoreError} with `response` if the operation declares no events for the status
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function streamEvents<TResponses, TStatus extends number>(
  context: { readonly '~responses'?: TResponses },
  status: TStatus,
  run: (stream: EventStream<DataOf<TResponses, TStatus>>) => Promise<void>,
): ResponseFor<Extract<keyof TResponses, EventKey<TStatus>>> {
  // the context of a handler is Hono's with narrower types
  const c = context as unknown as Context
  const { schema, runtime } = eventSchemaOf(c, status)
  // Hono's type lists the known statuses
  c.status(status as StatusCode)
  const response = streamSSE(c, async (stream) => {
    const write = schema && (await loadEventData()).eventWriter(c, schema, runtime)
    const sink: EventStream<DataOf<TResponses, TStatus>> = {
      async send({ data, ...event }) {
        const text = write ? await write(data) : String(data)
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
      // the response has begun, so it can only end; Hono would send the message to the client
      console.error(error)
    }
  })
  // `eventSchemaOf` has checked that it is declared
  return response as unknown as ReturnType<typeof streamEvents<TResponses, TStatus>>
}
