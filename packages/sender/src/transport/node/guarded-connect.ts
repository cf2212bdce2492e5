import { isIP, type Socket } from 'node:net'
// the file, not the package: Bun replaces the bare name by a module that ignores dispatchers
import type { buildConnector } from 'undici/index.js'
import { EgressError } from '../egress/errors.ts'
import { judgeAddress } from '../egress/judge-address.ts'
import { dial } from './dial.ts'
import { type Guard, judgedAddresses, type Target } from './judged-addresses.ts'
import type { Origins } from './origins.ts'
import { startTls } from './start-tls.ts'

/**
 * Makes the `connect` of an undici dispatcher, which makes every new connection. The addresses of the host are judged,
 * and one of those is connected to. Only the requests that wait for the connection limit its time.
 *
 * @example
 * const guard = { rules: compilePolicy({}), resolve: dnsResolve() }
 * const agent = new Agent({ connect: guardedConnect(guard, createOrigins()) })
 */
export function guardedConnect(guard: Guard, origins: Origins): buildConnector.connector {
  return ({ protocol, host = '', hostname, port }, callback) => {
    const origin = `${protocol}//${host}`
    const signal = origins.signalOf(origin)
    const portNumber = Number(port) || (protocol === 'https:' ? 443 : 80)
    connect(guard, { protocol, hostname, port: portNumber, signal }).then(
      (socket) => {
        origins.keep(origin, socket)
        callback(null, socket)
      },
      (error: Error) => callback(error, null),
    )
  }
}

async function connect(
  guard: Guard,
  target: Target & { readonly signal: AbortSignal },
): Promise<Socket> {
  const { protocol, hostname, port, signal } = target
  const addresses =
    isIP(hostname) === 0 ? await judgedAddresses(guard, target) : [judgedLiteral(guard, target)]
  const socket = await dial({ addresses, port, signal })
  // the certificate must be for the URL's host, not for a Host header's
  return protocol === 'https:' ? startTls(socket, hostname, signal) : socket
}

function judgedLiteral({ rules }: Guard, { hostname, port }: Target): string {
  const verdict = judgeAddress(hostname, rules, port)
  if (!verdict.ok) throw new EgressError('blocked', verdict.reason)
  return hostname
}
