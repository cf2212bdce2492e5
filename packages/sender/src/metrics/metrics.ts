import type { Context, Handler } from 'hono'
import { SenderError } from '../errors.ts'
import type { DeliveryEvent } from '../operate/events.ts'
import type { Sender } from '../sender.ts'
import { createCounter, createHistogram, writeGauge } from './series.ts'

/** Who may read the metrics. */
export interface MetricsOptions {
  /** Tells whether a request may read them; with another result the response is 403. */
  readonly authorize: (c: Context) => boolean | Promise<boolean>
}

const ATTEMPT_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30]
const DELIVERY_BOUNDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200, 28_800, 86_400]
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Makes a handler that gives the metrics of a sender in Prometheus' text format. Counters and histograms are of this
 * process, from now on; what waits is of the store, and the same in every process. No label has an owner, id or host.
 *
 * @example
 * const authorize = (c: Context) => c.req.header('authorization') === `Bearer ${process.env.METRICS_KEY}`
 * const app = new Hono().get('/metrics', metrics(sender, { authorize }))
 *
 * @throws {SenderError} with `option`, without `authorize`
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function metrics(
  sender: Pick<Sender, 'on' | 'stats' | 'health'>,
  options: MetricsOptions,
): Handler {
  if (typeof sender?.on !== 'function' || typeof sender.health !== 'function') {
    throw new SenderError('option', 'metrics takes a sender first: give one of createSender(…)')
  }
  // JavaScript may leave it out
  const { authorize } = (options as MetricsOptions | undefined) ?? {}
  if (typeof authorize !== 'function') {
    throw new SenderError(
      'option',
      'metrics needs to know who may read them: give { authorize: (c) => true or false }',
    )
  }
  const events = countEvents(sender)
  return async (c) => {
    if ((await authorize(c)) !== true) return c.text('these metrics are not for you\n', 403)
    const body = `${events.write()}${await describeNow(sender)}`
    return c.body(body, 200, { 'content-type': CONTENT_TYPE })
  }
}

function countEvents(sender: Pick<Sender, 'on'>): { write(): string } {
  const deliveries = createCounter({
    name: 'ringback_deliveries_total',
    help: 'Deliveries that have come to a state; a retry is no new one.',
  })
  const attempts = createCounter({
    name: 'ringback_attempts_total',
    help: 'Requests of deliveries, by status, or by reason where there is none.',
  })
  const holds = createCounter({
    name: 'ringback_endpoint_holds_total',
    help: 'Holds of endpoints that fail, or that have asked for a pause.',
  })
  const durations = createHistogram(
    {
      name: 'ringback_attempt_duration_seconds',
      help: 'Duration of the requests of deliveries.',
    },
    ATTEMPT_BOUNDS,
  )
  const latencies = createHistogram(
    {
      name: 'ringback_delivery_duration_seconds',
      help: 'Time from when a delivery was first due until it was delivered.',
    },
    DELIVERY_BOUNDS,
  )
  sender.on(({ delivery, attempt, heldUntil, latency }: DeliveryEvent) => {
    const { callback, operationId: operation, state, reason } = delivery
    const labels = { callback, operation }
    const isRetry = state === 'scheduled' && attempt !== undefined
    if (!isRetry) deliveries.add({ ...labels, state, ...(reason !== undefined && { reason }) })
    if (attempt) {
      const isStatus = attempt.status !== undefined && attempt.reason !== 'declaration'
      const outcome = isStatus ? attempt.status : attempt.reason
      attempts.add({ ...labels, outcome: String(outcome) })
      durations.observe(labels, attempt.duration / 1000)
    }
    if (latency !== undefined) latencies.observe(labels, latency / 1000)
    if (heldUntil !== undefined) holds.add(labels)
  })
  const all = [deliveries, attempts, holds, durations, latencies]
  return { write: () => all.map((one) => one.write()).join('') }
}

async function describeNow(sender: Pick<Sender, 'stats' | 'health'>): Promise<string> {
  const { isReady, isStoreUp, missing, oldestDue = 0 } = await sender.health()
  const ready = { name: 'ringback_ready', help: 'Whether this process can send, as health() says.' }
  const up = { name: 'ringback_store_up', help: 'Whether the whole store responds.' }
  const gauges = [
    writeGauge(ready, [[{}, Number(isReady)]]),
    writeGauge(up, [[{}, Number(isStoreUp && missing === undefined)]]),
  ]
  // a store that does not count, or does not respond, has no more to say
  const stats = isStoreUp
    ? await sender.stats({ since: Date.now() }).catch(() => undefined)
    : undefined
  if (stats) {
    const { scheduled, parked, sending } = stats.states
    const name = 'ringback_waiting_deliveries'
    const help = 'Deliveries in the store that are not final, by state.'
    const values = Object.entries({ scheduled, parked, sending })
    gauges.push(
      writeGauge(
        { name, help },
        values.map(([state, count]) => [{ state }, count]),
      ),
      writeGauge(
        {
          name: 'ringback_oldest_due_seconds',
          help: 'How long ago the delivery was due that has waited longest, of those that may be sent.',
        },
        [[{}, oldestDue / 1000]],
      ),
    )
  }
  return gauges.join('')
}
