import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import type { AttemptSpan, Delivery, SendSpan, TraceContext, Tracer } from '@ringback/sender'
import {
  describeDelivery,
  ERROR_TYPE,
  METHOD,
  REASON,
  RESEND_COUNT,
  SCOPE,
  SERVER_ADDRESS,
  SERVER_PORT,
  STATE,
  STATUS,
  URL_FULL,
} from './names.ts'
import { readContext, withParent, writeContext } from './span-context.ts'

/** Where spans go. */
export interface TracerOptions {
  /** The global one, by default. */
  readonly tracerProvider?: TracerProvider
}

/**
 * Makes the `tracer` of a sender: a PRODUCER span for each send, in the trace of the request that sends, and a CLIENT span
 * for each attempt, which is a child of the send's and linked with it, in whatever process it is made. A span names the
 * host of a URL, and neither its path nor its query, which may carry a token.
 *
 * @example
 * const sender = createSender({ store, secrets, tracer: createTracer(), ownHosts: ['receiver.internal'] })
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span
 */
export function createTracer({ tracerProvider }: TracerOptions = {}): Tracer {
  const tracer = (tracerProvider ?? trace).getTracer(SCOPE)
  return {
    beginSend(delivery): SendSpan | undefined {
      const span = tracer.startSpan(
        `send ${delivery.callback}`,
        { kind: SpanKind.PRODUCER, attributes: describeDelivery(delivery) },
        context.active(),
      )
      return open(span, (result: Parameters<SendSpan['end']>[0]) => {
        if ('error' in result) fail(span, nameError(result.error))
        else endSend(span, result.delivery)
      })
    },

    beginAttempt(delivery, kept: TraceContext | undefined): AttemptSpan | undefined {
      const parent = kept && readContext(kept)
      const span = tracer.startSpan(
        // the conventions: a path of a stranger's choice is no name of a span
        delivery.method.toUpperCase(),
        {
          kind: SpanKind.CLIENT,
          attributes: { ...describeDelivery(delivery), ...describeRequest(delivery) },
          links: parent ? [{ context: parent }] : [],
        },
        parent ? withParent(parent) : ownContext(delivery),
      )
      return open(span, ({ status, reason }: Parameters<AttemptSpan['end']>[0]) => {
        if (status !== undefined) span.setAttribute(STATUS, status)
        if (reason === undefined) return
        span.setAttribute('ringback.attempt.reason', reason)
        // a response that breaks its declaration has delivered all the same
        if (reason === 'declaration') span.setAttribute(ERROR_TYPE, reason)
        else fail(span, String(status ?? reason))
      })
    },
  }
}

/** A call is made within its request; a stored delivery is sent by whoever has woken the sender, which means nothing. */
function ownContext({ state }: Delivery): Context {
  return state === 'sending' ? ROOT_CONTEXT : context.active()
}

function open<TResult>(span: Span, describe: (result: TResult) => void) {
  const written = writeContext(span.spanContext())
  if (written === undefined) return undefined
  return {
    context: written,
    end(result: TResult) {
      describe(result)
      span.end()
    },
  }
}

function endSend(span: Span, { id, state, reason }: Delivery): void {
  // of a duplicate, the delivery that is stored
  span.setAttributes({ 'ringback.delivery.id': id, [STATE]: state })
  if (reason !== undefined) span.setAttribute(REASON, reason)
  if (state === 'dead' || state === 'unresolvable') fail(span, reason ?? state)
}

function fail(span: Span, type: string): void {
  span.setAttribute(ERROR_TYPE, type)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** The code of an error, or its name: a message may say more than is to leave the process. */
function nameError(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function describeRequest({ method, endpoint = '', attemptCount }: Delivery): Attributes {
  const resent = attemptCount > 0 && { [RESEND_COUNT]: attemptCount }
  const attributes = { [METHOD]: method.toUpperCase(), ...resent }
  if (!URL.canParse(endpoint)) return attributes
  const { hostname, port, protocol, origin } = new URL(endpoint)
  return {
    ...attributes,
    [SERVER_ADDRESS]: hostname,
    [SERVER_PORT]: Number(port || (protocol === 'https:' ? 443 : 80)),
    [URL_FULL]: `${origin}/REDACTED`,
  }
}
