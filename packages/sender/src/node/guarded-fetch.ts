import { Agent, request } from 'undici/index.js'
import { checkUrl } from '../egress/check-url.ts'
import { EgressError, type EgressErrorCode } from '../egress/errors.ts'
import type { GuardedFetch } from '../egress/guarded-fetch.ts'
import { compilePolicy, DEFAULT_POLICY, type EgressPolicy } from '../egress/policy.ts'
import { answerOf } from './answer-of.ts'
import { guardedConnect } from './guarded-connect.ts'
import { isGuardEffective } from './is-guard-effective.ts'
import { proxiedConnect } from './proxied-connect.ts'
import { requestParts } from './request-parts.ts'
import { type Resolve, systemResolve } from './resolve.ts'

export interface GuardedFetchOptions {
  readonly policy?: EgressPolicy
  /** Resolves host names. Default: the operating system. Not asked where there is a proxy. */
  readonly resolve?: Resolve
  /** An egress proxy, as `http://user:password@proxy.internal:3128`, which connects and judges names. */
  readonly proxy?: string
  /** The most connections to one origin; what is more waits. Default: 64. */
  readonly connections?: number
}

// a stranger's Keep-Alive header must not hold our sockets for long
const LONGEST_KEEP_ALIVE = 30_000
// a pool without a limit opens a new one whenever all are busy for a moment
const MOST_CONNECTIONS = 64

/**
 * Makes a fetch for URLs that come from strangers. It refuses what `checkUrl` refuses, judges the
 * address of every new connection, and never follows a redirect. A refusal is a failed fetch with
 * an EgressError among its causes. Connections are kept alive for the next request to their origin.
 *
 * @example
 * const send = guardedFetch({ policy: { allow: ['receiver.internal'] } })
 * await send('https://receiver.internal/events', { method: 'POST', body: '{"paid":true}' })
 * await send.close()
 *
 * @throws {EgressError} with `policy`, when the policy or the proxy's URL is not valid
 */
export function guardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const { policy = DEFAULT_POLICY, resolve = systemResolve, proxy } = options
  const { connections = MOST_CONNECTIONS } = options
  const rules = compilePolicy(policy)
  const connect = proxy === undefined ? guardedConnect({ rules, resolve }) : viaProxy(proxy, policy)
  const dispatcher = new Agent({
    connect,
    connections,
    keepAliveMaxTimeout: LONGEST_KEEP_ALIVE,
  })
  let effective: Promise<boolean> | undefined

  const send: typeof fetch = async (input, init) => {
    effective ??= isGuardEffective(request)
    if (!(await effective)) throw failure('unguarded', 'this runtime ignores the dispatcher')

    const url = input instanceof Request ? input.url : String(input)
    const verdict = checkUrl(url, policy)
    if (!verdict.ok) throw failure('blocked', verdict.reason)

    const { signal, headers, ...parts } = await requestParts(input, init)
    signal?.throwIfAborted()
    try {
      // undici's fetch costs four times as much, and would be read by its own classes
      return answerOf(await request(url, { ...parts, headers: [...headers], signal, dispatcher }))
    } catch (cause) {
      signal?.throwIfAborted()
      throw new TypeError('fetch failed', { cause })
    }
  }

  return Object.assign(send, { policy, close: () => dispatcher.close() })
}

function viaProxy(proxy: string, policy: EgressPolicy): ReturnType<typeof proxiedConnect> {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    return proxiedConnect(url, compilePolicy(policy))
  }
  throw new EgressError('policy', 'the proxy must be an http or https URL')
}

/** Fails as fetch itself does. */
function failure(code: EgressErrorCode, reason: string): TypeError {
  return new TypeError('fetch failed', { cause: new EgressError(code, reason) })
}
