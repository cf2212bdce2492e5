import type { LogCopier } from './log-copier.ts'

/** Overwrites what was erased, in the log as well. */
export interface ErasedBytes {
  /** Says that bytes were erased that somebody wants gone. */
  erased(): void
  /** Empties the log, in which they still are; again later while other processes read it. */
  overwrite(): Promise<void>
  close(): void
}

const RETRY_DELAY = 1000

/** Makes the emptying of the write-ahead log. */
export function createErasedBytes({ empty }: Pick<LogCopier, 'empty'>): ErasedBytes {
  let isWanted = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  const overwrite = async () => {
    clearTimeout(timer)
    if (!isWanted) return
    isWanted = false
    if ((await empty()) || isClosed) return
    isWanted = true
    clearTimeout(timer)
    timer = setTimeout(overwrite, RETRY_DELAY)
    // closing the file empties the log as well
    timer.unref()
  }
  return {
    erased() {
      isWanted = true
    },
    overwrite,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
