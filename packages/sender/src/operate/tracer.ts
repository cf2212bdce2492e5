import type { Delivery } from '@ringback/core'
import type { Attempt } from '../store/attempt.ts'
import type { StoredDelivery } from '../store/delivery-store.ts'
import { checkTraceContext, type TraceContext } from '../store/trace-context.ts'

/**
 * Traces sends and attempts; `createTracer()` of `@ringback/otel` makes one for OpenTelemetry. An error that it throws is
 * logged, and stops no delivery.
 */
export interface Tracer {
  /** Begins to trace a delivery that is about to be stored. The context of the span is kept with the delivery. */
  beginSend(delivery: Delivery): SendSpan | undefined
  /** Begins to trace one request of a delivery; `kept` is the context that is kept with it. */
  beginAttempt(delivery: Delivery, kept: TraceContext | undefined): AttemptSpan | undefined
}

/** A send that is being traced. */
export interface SendSpan {
  readonly context: TraceContext
  /** Ends with the delivery as it is stored, or with the error that came instead. */
  end(result: { readonly delivery: Delivery } | { readonly error: unknown }): void
}

/** An attempt that is being traced. Its request carries the context, to hosts that are the application's own. */
export interface AttemptSpan {
  readonly context: TraceContext
  /** Ends with the record of the attempt. */
  end(attempt: Attempt): void
}

/** Calls a tracer so that what it throws is reported, and nothing else. */
export function guardTracer(tracer: Tracer, fail: (error: unknown) => void): Tracer {
  const guard = <TResult>(run: () => TResult): TResult | undefined => {
    try {
      return run()
    } catch (error) {
      fail(error)
      return undefined
    }
  }
  const guardSpan = <TEnd>(
    begin: () => { readonly context: TraceContext; end(result: TEnd): void } | undefined,
  ) =>
    guard(() => {
      const span = begin()
      const context = span && checkTraceContext(span.context)
      if (span === undefined || context === undefined) return undefined
      return { context, end: (result: TEnd) => guard(() => span.end(result)) }
    })
  return {
    beginSend: (delivery) => guardSpan(() => tracer.beginSend(delivery)),
    beginAttempt: (delivery, kept) => guardSpan(() => tracer.beginAttempt(delivery, kept)),
  }
}

/** Gives a delivery that belongs to a trace. */
export function addTrace(delivery: StoredDelivery, trace: TraceContext): StoredDelivery {
  return { ...delivery, settings: { ...delivery.settings, trace } }
}
