import type { SqlDriver } from '../sql/sql-driver.ts'

/** Overwrites what was erased, in the log as well. */
export interface ErasedBytes {
  /** Says that bytes were erased that somebody wants gone. */
  erased(): void
  /** Empties the log, in which they still are; again later while other processes read it. */
  overwrite(): void
  close(): void
}

const RETRY_DELAY = 1000

/** Makes the emptying of the write-ahead log. */
export function createErasedBytes(driver: SqlDriver): ErasedBytes {
  let isWanted = false
  let timer: NodeJS.Timeout | undefined

  const overwrite = () => {
    clearTimeout(timer)
    if (!isWanted) return
    isWanted = !emptyLog(driver)
    if (!isWanted) return
    timer = setTimeout(overwrite, RETRY_DELAY)
    // closing the file empties the log as well
    timer.unref()
  }
  return {
    erased() {
      isWanted = true
    },
    overwrite,
    close: () => clearTimeout(timer),
  }
}

/** Writes the log into the file and empties it; `false` while another process reads or writes it. */
function emptyLog(driver: SqlDriver): boolean {
  try {
    return driver.get('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0
  } catch {
    return false
  }
}
