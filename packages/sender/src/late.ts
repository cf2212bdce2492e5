// The code that a sender does not need to start: what uses it first loads it. A Worker is one file, in which code that is
// imported late is only longer: there, `#late` is `at-once.ts`.

/** Loads all that sends. */
export const loadSending = (): Promise<typeof import('./sending.ts')> => import('./sending.ts')

/** Loads the parts of a store in memory that only some need. */
export const loadMemoryParts = (): Promise<typeof import('./store/memory/late-parts.ts')> =>
  import('./store/memory/late-parts.ts')
