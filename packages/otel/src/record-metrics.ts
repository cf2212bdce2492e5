import { type MeterProvider, metrics } from '@opentelemetry/api'
import type { DeliveryEvent, Sender } from '@ringback/sender'
import { describeCallback, ERROR_TYPE, REASON, SCOPE, STATE, STATUS } from './names.ts'

/** Where metrics go. */
export interface MetricsOptions {
  /** The global one, by default. */
  readonly meterProvider?: MeterProvider
}

/** Seconds: a request takes from a millisecond to the deadline, a delivery up to the end of its schedule. */
const ATTEMPT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30]
const DELIVERY_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200, 28_800, 86_400]

/**
 * Records the events of a sender as metrics, until the function that it returns is called. Their attributes have few
 * values each: callback, operation, state, reason, status; no owner, id or host. The events are those of this process;
 * several processes on one store each record their own, and a backend adds them up.
 *
 * @example
 * const stop = recordMetrics(sender)
 *
 * @see https://opentelemetry.io/docs/specs/semconv/general/metrics/
 */
export function recordMetrics(
  sender: Pick<Sender, 'on'>,
  { meterProvider }: MetricsOptions = {},
): () => void {
  const meter = (meterProvider ?? metrics).getMeter(SCOPE)
  const deliveries = meter.createCounter('ringback.deliveries', {
    description: 'Deliveries that have come to a state; a retry is no new one.',
    unit: '{delivery}',
  })
  const holds = meter.createCounter('ringback.endpoint.holds', {
    description: 'Holds of endpoints that fail, or that have asked for a pause.',
    unit: '{hold}',
  })
  const attempts = meter.createHistogram('ringback.attempt.duration', {
    description: 'Duration of the requests of deliveries.',
    unit: 's',
    advice: { explicitBucketBoundaries: ATTEMPT_BUCKETS },
  })
  const latencies = meter.createHistogram('ringback.delivery.duration', {
    description: 'Time from when a delivery was first due until it was delivered.',
    unit: 's',
    advice: { explicitBucketBoundaries: DELIVERY_BUCKETS },
  })

  return sender.on(({ delivery, attempt, heldUntil, latency }: DeliveryEvent) => {
    const callback = describeCallback(delivery)
    const { state, reason } = delivery
    const isRetry = state === 'scheduled' && attempt !== undefined
    if (!isRetry) {
      const why = reason !== undefined && { [REASON]: reason }
      deliveries.add(1, { ...callback, [STATE]: state, ...why })
    }
    if (attempt) {
      const { status, reason: cause, duration } = attempt
      const responded = status !== undefined && { [STATUS]: status }
      const type = cause === 'status' || cause === 'redirect' ? String(status) : cause
      const failed = type !== undefined && { [ERROR_TYPE]: type }
      attempts.record(duration / 1000, { ...callback, ...responded, ...failed })
    }
    if (latency !== undefined) latencies.record(latency / 1000, callback)
    if (heldUntil !== undefined) holds.add(1, callback)
  })
}
