import type { SenderOptions } from '@ringback/sender'

/** Answers requests: a Hono app, a receiver, or an object with a function of your own. */
export interface RequestHandler {
  fetch(request: Request): Response | Promise<Response>
}

/** The options of a sender whose requests never leave the process. */
export type InProcess = Required<Pick<SenderOptions, 'fetch' | 'egress'>>

/**
 * Makes the transport of a sender that hands each request to an app of this process, so that a test needs no sockets.
 * URLs are judged as ever: use a public name, such as `https://receiver.example`. An error that `fetch` throws is a
 * failure of the connection.
 *
 * @example
 * const sender = createSender({ store: memoryStore(), secrets, ...inProcess(receiver) })
 */
export function inProcess(receiver: RequestHandler): InProcess {
  return {
    async fetch(input, init) {
      const request = new Request(input, init)
      const { signal } = request
      signal.throwIfAborted()
      return new Promise<Response>((resolve, reject) => {
        // a receiver may never respond: the sender's deadline ends the attempt
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        Promise.resolve(request)
          .then((one) => receiver.fetch(one))
          .then(resolve, reject)
      })
    },
    // there is no connection to guard
    egress: 'platform',
  }
}
