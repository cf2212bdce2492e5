import {
  type Context,
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import type { TraceContext } from '@ringback/sender'

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/

/** Writes a span's context as W3C's header fields; `undefined` for one that names no span, as without an SDK. */
export function writeContext(context: SpanContext): TraceContext | undefined {
  if (!isSpanContextValid(context)) return undefined
  const { traceId, spanId, traceFlags, traceState } = context
  const flags = (traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')
  const tracestate = traceState?.serialize()
  const traceparent = `00-${traceId}-${spanId}-${flags}`
  return tracestate ? { traceparent, tracestate } : { traceparent }
}

/** Reads a span's context from W3C's header fields; `undefined` where they have none. */
export function readContext({ traceparent, tracestate }: TraceContext): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent) ?? []
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED
  const context = { traceId, spanId, traceFlags, isRemote: true }
  if (!isSpanContextValid(context)) return undefined
  return tracestate ? { ...context, traceState: createTraceState(tracestate) } : context
}

/** Makes a context whose span is the parent of others, with nothing else in it. */
export function withParent(parent: SpanContext): Context {
  return trace.setSpanContext(ROOT_CONTEXT, parent)
}
