import type { RequestSignal } from '../transport/lean-fetch.ts'

/** Gives what a promise resolves to; rejects when the signal is aborted before. */
export function untilAborted<TValue>(
  promise: Promise<TValue>,
  signal: RequestSignal,
): Promise<TValue> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
