import type { ReceiverReport } from '../store/endpoint-health.ts'
import type { AttemptOutcome } from './outcome.ts'

/** Gives what the outcome of a request says of its receiver; the store decides whether to hold the endpoint. */
export function reportReceiver(outcome: AttemptOutcome): ReceiverReport {
  const verdict = judge(outcome)
  const pause = pauseOf(outcome)
  return pause === undefined ? { verdict } : { verdict, pause }
}

/** A receiver fails when it does not respond, or responds 429 or 5xx. A failure on our side says nothing of it. */
function judge(outcome: AttemptOutcome): ReceiverReport['verdict'] {
  if (outcome.kind === 'responded') {
    return outcome.status === 429 || outcome.status >= 500 ? 'failing' : 'well'
  }
  const isTheirs = ['timeout', 'network', 'tls'].includes(outcome.why)
  return isTheirs ? 'failing' : 'unrelated'
}

function pauseOf(outcome: AttemptOutcome): number | undefined {
  if (outcome.kind === 'failed' || (outcome.status !== 429 && outcome.status !== 503)) return
  return outcome.retryAfter
}
