import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/** The megabytes that the heap of this process holds once its garbage is collected, which is all that a test may compare. */
export function heapMegabytes(): number {
  collect ??= exposeCollection()
  collect()
  return Math.round(process.memoryUsage().heapUsed / 1024 ** 2)
}

/** A test runner's process was not started with `--expose-gc`. */
function exposeCollection(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
