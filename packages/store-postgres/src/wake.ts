import type { PostgresDriver } from './driver.ts'

/** Tells workers that something may be due. */
export interface Wakes {
  /** Calls `wake` from now on; returns how to end that. */
  add(wake: () => void): () => void
}

const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000

/**
 * Makes wake-ups that listen to a channel while somebody waits for them. A lost connection is made again, and then
 * everybody is woken, since something may have been missed. Polling goes on meanwhile.
 */
export function createWakes(driver: PostgresDriver, channel: string): Wakes {
  const wakes = new Set<() => void>()
  const call = () => {
    for (const wake of wakes) wake()
  }
  let close = () => {}

  /** Listens until it is closed. */
  const listen = (connect: NonNullable<PostgresDriver['listen']>) => {
    let isClosed = false
    let stop: (() => Promise<void> | void) | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let wait = FIRST_WAIT
    const again = () => {
      stop = undefined
      if (isClosed) return
      timer = setTimeout(() => void start(), wait)
      wait = Math.min(wait * 2, LONGEST_WAIT)
    }
    const start = async () => {
      try {
        const stopThis = await connect(channel, { onNotify: call, onLost: again })
        if (isClosed) return await stopThis()
        stop = stopThis
        wait = FIRST_WAIT
        call()
      } catch {
        // the worker polls meanwhile, and tells of a server that is away
        again()
      }
    }
    void start()
    return () => {
      isClosed = true
      clearTimeout(timer)
      // a connection that is lost need not be closed
      void Promise.resolve(stop?.()).catch(() => {})
    }
  }

  return {
    add(wake) {
      // the same function may be added twice
      const own = () => wake()
      wakes.add(own)
      const connect = driver.listen?.bind(driver)
      if (wakes.size === 1 && connect) close = listen(connect)
      return () => {
        if (!wakes.delete(own) || wakes.size > 0) return
        close()
        close = () => {}
      }
    },
  }
}
