/** Looks something up by name; the signal ends it. */
export type Lookup<TFound> = (name: string, signal: AbortSignal) => Promise<TFound>

interface SharedLookup<TFound> {
  readonly found: Promise<TFound>
  readonly controller: AbortController
  waiting: number
}

/**
 * Shares lookups: one for each name at once, whoever waits for it. It ends when the last one that waits has left. A
 * signal ends the waiting of its own caller only.
 */
export function shareLookups<TFound>(
  lookUp: Lookup<TFound>,
): (name: string, signal?: AbortSignal) => Promise<TFound> {
  const running = new Map<string, SharedLookup<TFound>>()

  const begin = (name: string): SharedLookup<TFound> => {
    const controller = new AbortController()
    const found = lookUp(name, controller.signal)
    const shared = { found, controller, waiting: 0 }
    running.set(name, shared)
    const end = () => void (running.get(name) === shared && running.delete(name))
    found.then(end, end)
    return shared
  }

  return (name, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const shared = running.get(name) ?? begin(name)
      shared.waiting += 1
      const leave = () => {
        reject(signal?.reason)
        shared.waiting -= 1
        if (shared.waiting > 0) return
        // whoever comes next looks it up anew
        if (running.get(name) === shared) running.delete(name)
        shared.controller.abort()
      }
      const end = () => signal?.removeEventListener('abort', leave)
      signal?.addEventListener('abort', leave)
      shared.found.then(resolve, reject).finally(end)
    })
}
