/**
 * Runs a process until a signal stops it, and ends it in order. Tells a parent process the URL that it listens at.
 * A start that fails prints one line, and ends the process with code 1.
 */
export async function run(
  start: () => Promise<{ url: string; stop(): Promise<void> }>,
): Promise<void> {
  try {
    const { url, stop } = await start()
    let stopping = false
    let interrupted = false
    const end = async () => {
      if (stopping) return
      stopping = true
      await stop()
      process.exit(0)
    }
    process.on('SIGINT', () => {
      // a second Ctrl-C ends the process at once; the SIGTERM that our parent sends after the first does not
      if (interrupted) process.exit(1)
      interrupted = true
      end()
    })
    process.on('SIGTERM', end)
    process.on('disconnect', end) // the parent has ended
    process.send?.({ url })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
