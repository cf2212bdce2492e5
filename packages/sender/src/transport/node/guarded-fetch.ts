import { Agent } from 'undici/index.js'
import { EgressError, type EgressErrorCode } from '../egress/errors.ts'
import { findEgressError } from '../egress/find-egress-error.ts'
import { judgeUrl } from '../egress/judge-url.ts'
import {
  type CompiledPolicy,
  compilePolicy,
  DEFAULT_POLICY,
  type EgressPolicy,
} from '../egress/policy.ts'
import type { GuardedFetch } from '../guarded-fetch.ts'
import type { LeanFetch } from '../lean-fetch.ts'
import { dispatchRequest, type NodeRequest, type NodeResponse } from './dispatch-request.ts'
import { dnsResolve } from './dns-resolve.ts'
import { guardedConnect } from './guarded-connect.ts'
import { isGuardEffective } from './is-guard-effective.ts'
import { createOrigins, type Origins } from './origins.ts'
import { proxiedConnect } from './proxied-connect.ts'
import { readRequestParts } from './read-request-parts.ts'
import type { ResolveHostname } from './resolve.ts'
import { toLeanResponse, toResponse } from './to-response.ts'

/** Options of a guarded fetch. */
export interface GuardedFetchOptions {
  readonly policy?: EgressPolicy
  /** Resolves host names. Default: `dnsResolve()`, the hosts file, then DNS. Not called with a proxy. */
  readonly resolve?: ResolveHostname
  /** An egress proxy, such as `http://user:password@proxy.internal:3128`, which connects and judges names. */
  readonly proxy?: string
  /** The most connections to one origin; more requests wait. Default: 64. */
  readonly connections?: number
}

// the compiler compares it with the type
const OPTIONS = { policy: 1, resolve: 1, proxy: 1, connections: 1 } satisfies Record<
  keyof GuardedFetchOptions,
  1
>

// a stranger's Keep-Alive header must not keep our sockets for long
const LONGEST_KEEP_ALIVE = 30_000
// a pool without a limit opens a new one whenever all are busy for a moment
const MOST_CONNECTIONS = 64

/**
 * Makes a fetch for URLs that come from strangers. It refuses what `checkUrl` refuses, judges the address of every new
 * connection, and never follows a redirect. It rejects as fetch does, with an EgressError among the causes of a
 * refusal. Connections are kept alive for the next request to their origin. Nothing but its signal limits the time of
 * a request.
 *
 * @example
 * const send = guardedFetch({ policy: { allow: ['receiver.internal'] } })
 * await send('https://receiver.internal/events', { method: 'POST', body: '{"paid":true}' })
 * await send.close()
 *
 * @throws {EgressError} with `policy` for an invalid policy or proxy URL, and for a proxy with `allowLoopback`
 */
export function guardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name))
  if (unknown !== undefined) {
    const isOfPolicy = ['allowHttp', 'allowLoopback', 'allow', 'only'].includes(unknown)
    throw new EgressError(
      'policy',
      `guardedFetch has no option '${unknown}'; ${isOfPolicy ? `write guardedFetch({ policy: { ${unknown}: … } })` : `its options are ${Object.keys(OPTIONS).join(', ')}`}`,
    )
  }
  const { policy = DEFAULT_POLICY, resolve = dnsResolve(), proxy } = options
  const { connections = MOST_CONNECTIONS } = options
  const rules = compilePolicy(policy)
  const origins = createOrigins()
  const connect =
    proxy === undefined
      ? guardedConnect({ rules, resolve }, origins)
      : viaProxy(proxy, rules, origins)
  const dispatcher = new Agent({
    connect,
    connections,
    keepAliveMaxTimeout: LONGEST_KEEP_ALIVE,
    // the signal of a request is its only limit
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  let effective: boolean | undefined

  const send = async (text: string, request: NodeRequest): Promise<NodeResponse> => {
    effective ??= await isGuardEffective(dispatchRequest)
    if (!effective) throw failure('unguarded', 'this runtime ignores the dispatcher')

    const url = judgeUrl(text, rules)
    if (!(url instanceof URL)) throw failure('blocked', url.reason)
    try {
      return await dispatchRequest({ dispatcher, origins }, url, request)
    } catch (cause) {
      if (findEgressError(cause) === undefined && request.signal?.aborted)
        throw request.signal.reason
      throw new TypeError('fetch failed', { cause })
    }
  }
  const guarded: typeof fetch = async (input, init) => {
    const request = await readRequestParts(input, init)
    // undici's fetch costs four times as much, and gives a Response of its own class
    return toResponse(await send(input instanceof Request ? input.url : String(input), request))
  }

  const lean: LeanFetch = async (url, init) => toLeanResponse(await send(url, init))
  const members = { policy, close: () => dispatcher.close() }
  // not enumerable: a wrapper that copies the members of this fetch must be called itself
  Object.defineProperty(guarded, '~send', { value: lean })
  return Object.assign(guarded, members)
}

function viaProxy(
  proxy: string,
  rules: CompiledPolicy,
  origins: Origins,
): ReturnType<typeof proxiedConnect> {
  if (rules.allowLoopback) {
    throw new EgressError(
      'policy',
      "allowLoopback means this machine, which a proxy's connections do not start from: remove proxy or allowLoopback",
    )
  }
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    return proxiedConnect({ proxy: url, rules, origins })
  }
  throw new EgressError(
    'policy',
    'the proxy is not an http or https URL: give one such as http://proxy.internal:3128',
  )
}

/** Makes the error that fetch itself would throw. */
function failure(code: EgressErrorCode, reason: string): TypeError {
  return new TypeError('fetch failed', { cause: new EgressError(code, reason) })
}
