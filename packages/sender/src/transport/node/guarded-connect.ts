import { isIP } from 'node:net'
// the file, not the package: Bun swaps the bare name for a stand-in that ignores dispatchers
import { buildConnector } from 'undici/index.js'
import { judgeAddress } from '../egress/check-address.ts'
import { EgressError } from '../egress/errors.ts'
import { withoutTrailingDots } from '../egress/host-name.ts'
import { type Guard, guardedLookup } from './guarded-lookup.ts'

/**
 * Makes the `connect` of an undici dispatcher, through which every new connection goes. An address
 * in the URL is judged here, since `lookup` is never asked about it; a name in its lookup.
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
    // the certificate must be the URL's host's, whatever a Host header says
    const servername = isLiteral ? '' : withoutTrailingDots(hostname)
    connect({ ...options, servername }, callback)
  }
}
