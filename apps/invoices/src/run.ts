/**
 * Runs a process until it is told to stop, then ends it in order; a start that fails is one line and exit code 1.
 * Tells a parent process where it listens.
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
      // the second Ctrl-C means now; a SIGTERM beside the first is our parent's, and means the same
      if (interrupted) process.exit(1)
      interrupted = true
      end()
    })
    process.on('SIGTERM', end)
    process.on('disconnect', end) // the parent has died
    process.send?.({ url })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
