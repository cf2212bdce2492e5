import type { Clock } from '../clock.ts'
import type { Stop } from './stop.ts'

/** When to stop retrying. */
export interface RetryUntilDoneOptions {
  readonly clock: Clock
  /** Milliseconds since the first failure. */
  readonly patience: number
  readonly stop: Stop
}

const FIRST_WAIT = 50

/** Retries work, waiting longer each time, until it succeeds; when patience or `stop` ends that, throws the last error. */
export async function retryUntilDone<TResult>(
  work: () => Promise<TResult>,
  { clock, patience, stop }: RetryUntilDoneOptions,
): Promise<TResult> {
  let end: number | undefined
  for (let wait = FIRST_WAIT; ; wait *= 2) {
    try {
      return await work()
    } catch (error) {
      end ??= clock.now() + patience
      if (stop.isStopped || clock.now() + wait > end) throw error
      await new Promise<void>((resolve) => clock.after(wait, resolve))
    }
  }
}
