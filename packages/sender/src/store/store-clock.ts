/** The one clock of a store, by which everything in it is due. */
export interface StoreClock {
  /** Milliseconds since the Unix epoch; never less than before. */
  now(): number
  /** The system's own time, for times that the application has given, such as `expiresAt`. */
  wall(): number
  /** Moves the clock forward to a time that another process has written. */
  catchUp(at: number): void
}

// a clock that is ahead goes a little slower, as NTP does it, until the system's clock is level with it
const SLOWER_BY = 0.05

/**
 * Makes the clock of a store. When the system's clock is set back, this one goes on from where it was, so that what is
 * due in a minute stays due in a minute.
 */
export function createStoreClock(system: { now(): number }): StoreClock {
  let last = system.now()
  let ahead = 0
  const read = () => {
    const wall = system.now()
    const passed = wall - last
    ahead = passed < 0 ? ahead - passed : Math.max(0, ahead - passed * SLOWER_BY)
    last = wall
    return wall
  }
  const now = () => Math.floor(read() + ahead)
  return {
    now,
    wall: () => system.now(),
    catchUp(at) {
      ahead += Math.max(0, at - now())
    },
  }
}
