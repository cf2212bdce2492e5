import { isIP } from 'node:net'
// the file, not the package: Bun replaces the bare name by a module that ignores dispatchers
import { buildConnector } from 'undici/index.js'
import { judgeAddress } from '../egress/check-address.ts'
import { EgressError } from '../egress/errors.ts'
import { withoutTrailingDots } from '../egress/host-name.ts'
import { type Guard, guardedLookup } from './guarded-lookup.ts'

/**
 * Makes the `connect` of an undici dispatcher, which makes every new connection. An address in the URL is judged here,
 * since `lookup` is not called for it; a name is judged in its lookup.
 *
 * @example
 * const guard = { rules: compilePolicy({}), resolve: systemResolve }
 * const agent = new Agent({ connect: guardedConnect(guard) })
 */
export function guardedConnect(guard: Guard): buildConnector.connector {
  return (options, callback) => {
    const { protocol, hostname, port } = options
    const portNumber = Number(port) || (protocol === 'https:' ? 443 : 80)
    const isLiteral = isIP(hostname) !== 0

    const verdict = isLiteral ? judgeAddress(hostname, guard.rules, portNumber) : undefined
    if (verdict?.ok === false) {
      const refusal = new EgressError('blocked', verdict.reason)
      queueMicrotask(() => callback(refusal, null))
      return
    }

    // one connector for each connection, since Node does not tell a lookup the port
    const connect = buildConnector({
      autoSelectFamily: true,
      lookup: guardedLookup(guard, portNumber),
      maxCachedSessions: 0,
    })
    // the certificate must be for the URL's host, not for a Host header's
    const servername = isLiteral ? '' : withoutTrailingDots(hostname)
    connect({ ...options, servername }, callback)
  }
}
