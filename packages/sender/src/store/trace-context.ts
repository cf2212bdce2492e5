/** The trace that a delivery belongs to, as the header fields of W3C Trace Context. */
export interface TraceContext {
  /** The version, the trace, the parent span and the flags: `00-4bf9…4736-00f0…02b7-01`. */
  readonly traceparent: string
  readonly tracestate?: string
}

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}/
// printable ASCII, with spaces and tabs between; 512 characters are what every vendor carries on
const TRACESTATE = /^[\x21-\x7e](?:[\t\x20-\x7e]{0,510}[\x21-\x7e])?$/

/**
 * Gives a context as header fields can carry it: without a `tracestate` that they cannot; `undefined` where the
 * `traceparent` is none.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header-field-values
 */
export function checkTraceContext(context: TraceContext): TraceContext | undefined {
  const { traceparent, tracestate } = context
  if (!TRACEPARENT.test(traceparent) || !/^[\x21-\x7e]{55,128}$/.test(traceparent)) return undefined
  const isCarried = tracestate !== undefined && TRACESTATE.test(tracestate)
  return isCarried ? { traceparent, tracestate } : { traceparent }
}
