import type { Clock } from '@ringback/sender'

/** Something that does one piece of work after the other, such as the claims of a database, or a process. */
export interface BusyServer {
  /** Resolves once work of so many milliseconds is done, and all that was asked for before. */
  work(milliseconds: number): Promise<void>
  /** How many milliseconds it has worked. */
  readonly busy: number
}

/** Makes a server that works by a clock. */
export function createBusyServer(clock: Clock): BusyServer {
  let free = 0
  let busy = 0
  return {
    work(milliseconds) {
      busy += milliseconds
      free = Math.max(free, clock.now()) + milliseconds
      return new Promise((resolve) => void clock.after(free - clock.now(), resolve))
    },
    get busy() {
      return busy
    },
  }
}
