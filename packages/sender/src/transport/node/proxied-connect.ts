import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { buildConnector } from 'undici/index.js'
import { judgeAddress } from '../egress/check-address.ts'
import { judgeName } from '../egress/check-url.ts'
import { EgressError } from '../egress/errors.ts'
import { withoutTrailingDots } from '../egress/host-name.ts'
import type { CompiledPolicy } from '../egress/policy.ts'

const PATIENCE = 10_000
const PROXY_AUTHENTICATION_REQUIRED = 407
const FORBIDDEN = 403

/**
 * Makes the `connect` of an undici dispatcher whose connections go through an egress proxy, by CONNECT, for http as
 * well. An address in the URL is judged here; the proxy judges what a name resolves to. A proxy that does not respond
 * is distinguished from a receiver that does not.
 *
 * @example
 * const agent = new Agent({ connect: proxiedConnect(new URL('http://proxy.internal:3128'), compilePolicy({})) })
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.6
 */
export function proxiedConnect(proxy: URL, rules: CompiledPolicy): buildConnector.connector {
  const startTls = buildConnector({ maxCachedSessions: 0 })
  return (options, callback) => {
    const { protocol, hostname, port } = options
    const isLiteral = isIP(hostname) !== 0
    const portNumber = Number(port) || (protocol === 'https:' ? 443 : 80)
    // only the proxy knows what a name resolves to
    const verdict = isLiteral
      ? judgeAddress(hostname, rules, portNumber)
      : judgeName(withoutTrailingDots(hostname), rules, portNumber)
    if (!verdict.ok) {
      const refusal = new EgressError('blocked', verdict.reason)
      queueMicrotask(() => callback(refusal, null))
      return
    }

    const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname
    openTunnel(proxy, `${host}:${portNumber}`).then(
      (socket) => {
        if (protocol === 'http:') return callback(null, socket)
        // the certificate must be for the URL's host
        const servername = isLiteral ? '' : withoutTrailingDots(hostname)
        startTls({ ...options, servername, httpSocket: socket }, callback)
      },
      (error: Error) => callback(error, null),
    )
  }
}

function openTunnel(proxy: URL, target: string): Promise<Socket> {
  const isSecure = proxy.protocol === 'https:'
  const credentials = [proxy.username, proxy.password].map(decodeURIComponent).join(':')
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  const connecting = (isSecure ? httpsRequest : httpRequest)({
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (isSecure ? 443 : 80),
    path: target,
    headers: {
      host: target,
      ...(proxy.username !== '' && { 'proxy-authorization': authorization }),
    },
    agent: false,
    timeout: PATIENCE,
  })
  return new Promise((resolve, reject) => {
    connecting.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket.setTimeout(0))
      socket.destroy()
      reject(refusalOf(statusCode))
    })
    connecting.once('timeout', () => connecting.destroy(failure('no response in time')))
    connecting.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause instanceof EgressError ? cause : failure(cause.code ?? 'no connection', cause))
    })
    connecting.end()
  })
}

/** A status other than 200 is about the target, except when the proxy asks for its own credentials. */
function refusalOf(status: number): Error {
  if (status === PROXY_AUTHENTICATION_REQUIRED) return failure('it asks for other credentials')
  if (status === FORBIDDEN) return new EgressError('blocked', 'the egress proxy refuses the target')
  return Object.assign(new Error(`the egress proxy responded ${status}`), {
    code: `PROXY_${status}`,
  })
}

function failure(why: string, cause?: Error): EgressError {
  return new EgressError('proxy', `the egress proxy failed: ${why}`, { cause })
}
