import type { Clock } from '../clock.ts'

const FIRST_WAIT = 50

/** Tries again, ever more slowly, until it works, patience is over, or there is a stop; then throws what was thrown last. */
export async function retryUntilDone<TResult>(
  work: () => Promise<TResult>,
  {
    clock,
    patience,
    stop,
  }: { readonly clock: Clock; readonly patience: number; readonly stop: AbortSignal },
): Promise<TResult> {
  let end: number | undefined
  for (let wait = FIRST_WAIT; ; wait *= 2) {
    try {
      return await work()
    } catch (error) {
      end ??= clock.now() + patience
      if (stop.aborted || clock.now() + wait > end) throw error
      await new Promise<void>((resolve) => clock.after(wait, resolve))
    }
  }
}
