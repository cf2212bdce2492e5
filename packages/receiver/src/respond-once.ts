import type { SeenResponse, SeenStore } from './seen.ts'

/** The handling of one callback. */
export interface Handling {
  readonly seen: SeenStore
  readonly key: string
  /** Runs the handler, and makes its response. */
  readonly handle: () => Promise<SeenResponse>
  /** Takes an error of the store after the callback was handled. */
  readonly log: (error: unknown) => void
}

// a sender may hold the whole endpoint for as long
const RETRY_AFTER = '1'
const IN_PROGRESS = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'this callback is being handled: send it again later',
}

/** Handles a callback unless it was handled before; a duplicate gets the response of the first. */
export async function respondOnce({ seen, key, handle, log }: Handling): Promise<SeenResponse> {
  const found = await seen.begin(key)
  if (found === 'running') {
    const headers = { 'content-type': 'application/problem+json', 'retry-after': RETRY_AFTER }
    return { status: 503, headers, body: JSON.stringify(IN_PROGRESS) }
  }
  if (found !== 'new') return found

  let response: SeenResponse | undefined
  try {
    response = await handle()
  } finally {
    // the sender tries again after anything but a 2xx
    if (response === undefined || response.status < 200 || response.status > 299) {
      await attempt(() => seen.release(key), log)
    }
  }
  if (response.status >= 200 && response.status <= 299) {
    const kept = response
    // the callback was handled: a sender that heard of this failure would send it again
    await attempt(() => seen.complete(key, kept), log)
  }
  return response
}

async function attempt(
  write: () => void | Promise<void>,
  log: (error: unknown) => void,
): Promise<void> {
  try {
    await write()
  } catch (error) {
    log(error)
  }
}
