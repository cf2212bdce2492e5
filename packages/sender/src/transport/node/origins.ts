import type { Socket } from 'node:net'

/** The requests and the sockets of a transport, by origin. */
export interface Origins {
  /** Counts a request that is about to wait for a connection. */
  enter(origin: string): Turn
  /** Aborts when the last request that waits for this origin has left: connecting ends with it. */
  signalOf(origin: string): AbortSignal
  /** Takes a socket that was connected; it is closed early if too many are kept alive. */
  keep(origin: string, socket: Socket): void
  /** Says what the requests to this origin wait for, which is why they fail if they are aborted meanwhile. */
  blame(origin: string, error: Error | undefined): void
  blameOf(origin: string): Error | undefined
}

/** The turn of one request; both functions may be called more than once. */
export interface Turn {
  /** Says that the request has a connection, or needs none any more. */
  start(): void
  /** Says that the request is over. */
  end(): void
}

interface Origin {
  /** Requests without a connection. */
  waiting: number
  /** Requests, those that wait included. */
  open: number
  readonly sockets: Set<Socket>
  controller?: AbortController | undefined
  blame?: Error | undefined
}

// an attacker's callbacks to ever new hosts must not use up the descriptors of the process
const MOST_SOCKETS = 256

/**
 * Makes an empty list. Undici has a signal for no connection, and a limit of sockets for one origin alone: without this,
 * connecting to a receiver that never accepts would go on for minutes, and each new host would keep a socket.
 */
export function createOrigins(mostSockets: number = MOST_SOCKETS): Origins {
  // in the order in which their last request ended
  const origins = new Map<string, Origin>()
  let sockets = 0

  const originOf = (name: string): Origin => {
    const known = origins.get(name)
    if (known) return known
    const origin = { waiting: 0, open: 0, sockets: new Set<Socket>() }
    origins.set(name, origin)
    return origin
  }
  const remove = (name: string, origin: Origin, socket: Socket) => {
    if (!origin.sockets.delete(socket)) return
    sockets -= 1
    const isEmpty = origin.open === 0 && origin.sockets.size === 0
    if (isEmpty && origins.get(name) === origin) origins.delete(name)
  }
  let isClosing = false
  // later, since undici may be reading the end of a response from one of them
  const closeIdleSoon = () => {
    if (sockets <= mostSockets || isClosing) return
    isClosing = true
    setImmediate(closeIdle)
  }
  const closeIdle = () => {
    isClosing = false
    for (const [name, origin] of origins) {
      if (origin.open > 0) continue
      for (const socket of origin.sockets) {
        if (sockets <= mostSockets) return
        remove(name, origin, socket)
        socket.destroy()
      }
    }
  }

  return {
    enter(name) {
      const origin = originOf(name)
      let state: 'waiting' | 'started' | 'ended' = 'waiting'
      origin.waiting += 1
      origin.open += 1
      const start = () => {
        if (state !== 'waiting') return
        state = 'started'
        origin.waiting -= 1
        if (origin.waiting > 0) return
        origin.controller?.abort()
        origin.controller = undefined
        origin.blame = undefined
      }
      const end = () => {
        start()
        if (state === 'ended') return
        state = 'ended'
        origin.open -= 1
        if (origin.open > 0) return
        origins.delete(name)
        if (origin.sockets.size > 0) origins.set(name, origin)
        closeIdleSoon()
      }
      return { start, end }
    },
    signalOf(name) {
      const origin = origins.get(name)
      if (origin === undefined || origin.waiting === 0) return AbortSignal.abort()
      origin.controller ??= new AbortController()
      return origin.controller.signal
    },
    keep(name, socket) {
      const origin = originOf(name)
      origin.sockets.add(socket)
      sockets += 1
      socket.once('close', () => remove(name, origin, socket))
      closeIdleSoon()
    },
    blame(name, error) {
      const origin = origins.get(name)
      if (origin !== undefined) origin.blame = error
    },
    blameOf: (name) => origins.get(name)?.blame,
  }
}
