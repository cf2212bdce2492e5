/** Changes of one turn of the event loop, which share a transaction. */
export interface Changes {
  /** Makes a change at the end of this turn, and resolves when it is made. A change that fails undoes no other. */
  add<TResult>(change: () => TResult): Promise<TResult>
  /** Makes a change now, after those that wait and with them. */
  addNow<TResult>(change: () => TResult): Promise<TResult>
  /** Whether changes wait. */
  isWaiting(): boolean
}

interface Entry {
  /** Makes the change; gives how to resolve its promise, once the transaction has ended. */
  readonly make: () => () => void
  readonly reject: (error: unknown) => void
}

/**
 * Gathers changes, since each transaction is written to the disk by itself: those of calls and responses that come at
 * the same time cost little more than one.
 */
export function gatherChanges(transaction: <TResult>(work: () => TResult) => TResult): Changes {
  let waiting: Entry[] = []

  const makeAll = (entries: readonly Entry[]) => {
    try {
      for (const resolve of transaction(() => entries.map(({ make }) => make()))) resolve()
    } catch (error) {
      // one of several has failed, and undone all
      if (entries.length > 1) for (const entry of entries) makeAll([entry])
      else entries[0]?.reject(error)
    }
  }
  const makeWaiting = () => {
    const entries = waiting
    waiting = []
    if (entries.length > 0) makeAll(entries)
  }
  const wait = <TResult>(change: () => TResult) =>
    new Promise<TResult>((resolve, reject) => {
      waiting.push({
        make() {
          const result = change()
          return () => resolve(result)
        },
        reject,
      })
    })

  return {
    add(change) {
      // setImmediate needs nodejs_compat; a timer fires a little later
      const later = globalThis.setImmediate ?? globalThis.setTimeout
      if (waiting.length === 0) later(makeWaiting)
      return wait(change)
    },
    addNow(change) {
      const made = wait(change)
      makeWaiting()
      return made
    },
    isWaiting: () => waiting.length > 0,
  }
}
