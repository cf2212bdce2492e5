/** Shows how far long work is, in one line of the standard error, and only where that is a terminal. */
export interface Progress {
  /** Replaces the line. */
  show(text: string): void
  /** Ends the line, so that what follows stands below it. */
  end(): void
}

/** Creates a line of progress. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let isShown = false
  return {
    show(text) {
      if (!stream.isTTY) return
      stream.write(`\r${text}`)
      isShown = true
    },
    end() {
      if (isShown) stream.write('\n')
      isShown = false
    },
  }
}
