import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type Socket } from 'node:net'
import type { buildConnector } from 'undici/index.js'
import { EgressError } from '../egress/errors.ts'
import { withoutTrailingDots } from '../egress/host-name.ts'
import { judgeAddress } from '../egress/judge-address.ts'
import { judgeName } from '../egress/judge-url.ts'
import type { CompiledPolicy } from '../egress/policy.ts'
import { probeAddressOf } from '../egress/probe-names.ts'
import type { Origins } from './origins.ts'
import { startTls } from './start-tls.ts'

/** The proxy, the rules for what is asked of it, and the requests that wait. */
export interface ProxiedConnectOptions {
  readonly proxy: URL
  readonly rules: CompiledPolicy
  readonly origins: Origins
}

const PROXY_AUTHENTICATION_REQUIRED = 407
const FORBIDDEN = 403

/**
 * Makes the `connect` of an undici dispatcher whose connections go through an egress proxy, by CONNECT, for http as
 * well. An address in the URL is judged here; the proxy judges what a name resolves to. A proxy that does not respond
 * is distinguished from a receiver that does not.
 *
 * @example
 * const proxy = new URL('http://proxy.internal:3128')
 * const connect = proxiedConnect({ proxy, rules: compilePolicy({}), origins: createOrigins() })
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.6
 */
export function proxiedConnect(options: ProxiedConnectOptions): buildConnector.connector {
  const { proxy, rules, origins } = options
  return ({ protocol, host = '', hostname, port }, callback) => {
    const portNumber = Number(port) || (protocol === 'https:' ? 443 : 80)
    // only the proxy knows what a name resolves to
    const probe = probeAddressOf(hostname)
    const verdict =
      isIP(probe ?? hostname) === 0
        ? judgeName(withoutTrailingDots(hostname), rules, portNumber)
        : judgeAddress(probe ?? hostname, rules, portNumber)
    if (!verdict.ok) {
      const refusal = new EgressError('blocked', verdict.reason)
      queueMicrotask(() => callback(refusal, null))
      return
    }

    const literal = isIP(hostname) === 6 ? `[${hostname}]` : hostname
    const origin = `${protocol}//${host}`
    const signal = origins.signalOf(origin)
    // after that, it may be the target that does not respond
    const onConnect = () => origins.blame(origin, undefined)
    origins.blame(origin, failure('no connection in time'))
    openTunnel(proxy, { target: `${literal}:${portNumber}`, signal, onConnect })
      // the certificate must be for the URL's host
      .then<Socket>((socket) =>
        protocol === 'https:' ? startTls(socket, hostname, signal) : socket,
      )
      .then(
        (socket) => {
          origins.keep(origin, socket)
          callback(null, socket)
        },
        (error: Error) => callback(error, null),
      )
  }
}

interface TunnelOptions {
  readonly target: string
  readonly signal: AbortSignal
  /** Called when the proxy has accepted the connection. */
  readonly onConnect: () => void
}

function openTunnel(proxy: URL, { target, signal, onConnect }: TunnelOptions): Promise<Socket> {
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
    signal,
  })
  connecting.once('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', onConnect)
  })
  return new Promise((resolve, reject) => {
    connecting.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(refusalOf(statusCode))
    })
    connecting.once('response', ({ statusCode = 0 }) => {
      connecting.destroy()
      reject(refusalOf(statusCode))
    })
    connecting.once('error', (cause: NodeJS.ErrnoException) => {
      reject(failure(cause.code ?? 'no connection', cause))
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
