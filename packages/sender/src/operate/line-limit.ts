/** Lets some lines pass, and tells how many did not. */
export interface LineLimit {
  /** Whether one more line may be written now; if not, it is counted. */
  allows(): boolean
}

/** The dependencies of a limit. */
export interface LineLimitOptions {
  /** How many lines a minute pass. */
  readonly most: number
  readonly after: (delay: number, wake: () => void) => () => void
  /** Called at the end of a minute with how many did not pass. */
  readonly onMore: (count: number) => void
}

const MINUTE = 60_000

/** Makes a limit; a minute begins with the first line after the last minute. */
export function createLineLimit({ most, after, onMore }: LineLimitOptions): LineLimit {
  let written = 0
  const end = () => {
    const more = written - most
    written = 0
    if (more > 0) onMore(more)
  }
  return {
    allows() {
      if (written === 0) after(MINUTE, end)
      written += 1
      return written <= most
    },
  }
}
