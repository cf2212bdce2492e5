import { isIP, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { withoutTrailingDots } from '../egress/host-name.ts'

/**
 * Starts TLS on a connection; the certificate must be for this host. Nothing but the signal limits how long the
 * handshake takes.
 */
export function startTls(socket: Socket, host: string, signal: AbortSignal): Promise<TLSSocket> {
  const secure = connect({
    socket,
    host,
    // a URL with an address asks for no name
    ...(isIP(host) === 0 && { servername: withoutTrailingDots(host) }),
    ALPNProtocols: ['http/1.1'],
  })
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', stop)
      settle()
    }
    const stop = () => fail(signal.reason)
    const fail = (error: unknown) => {
      end(() => reject(error))
      secure.destroy()
      socket.destroy()
    }
    secure.once('secureConnect', () => end(() => resolve(secure)))
    // it stays: an error between the handshake and the use of the connection is not unhandled
    secure.on('error', fail)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
}
