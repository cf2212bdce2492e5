/** Tells of a store that fails. */
export interface StoreTrouble {
  /** Tells of an error; of one of the store's only once, until it works again. */
  tell(error: unknown): void
  /** Says that the store works. */
  end(): void
}

/** Makes what tells of a store that fails: a server that is away for an hour is one line, not one for each attempt. */
export function createStoreTrouble(report: (error: unknown) => void): StoreTrouble {
  const told = new Set<unknown>()
  return {
    tell(error) {
      const code = codeOf(error)
      if (code !== undefined && told.has(code)) return
      told.add(code)
      report(error)
    },
    end: () => told.clear(),
  }
}

/** The code of an error of a store; each package of a store has a StoreError of its own. */
function codeOf(error: unknown): unknown {
  const isOfStore = error instanceof Error && error.name === 'StoreError'
  return isOfStore && 'code' in error ? error.code : undefined
}
