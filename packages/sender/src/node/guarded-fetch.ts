import { Agent, type RequestInit as UndiciRequestInit, fetch as undiciFetch } from 'undici/index.js'
import { checkUrl } from '../egress/check-url.ts'
import { EgressError, type EgressErrorCode } from '../egress/errors.ts'
import type { GuardedFetch } from '../egress/guarded-fetch.ts'
import { compilePolicy, DEFAULT_POLICY, type EgressPolicy } from '../egress/policy.ts'
import { guardedConnect } from './guarded-connect.ts'
import { isGuardEffective } from './is-guard-effective.ts'
import { type Resolve, systemResolve } from './resolve.ts'

export interface GuardedFetchOptions {
  readonly policy?: EgressPolicy
  /** Resolves host names. Default: the operating system. */
  readonly resolve?: Resolve
}

// a stranger's Keep-Alive header must not hold our sockets for long
const LONGEST_KEEP_ALIVE = 30_000

/**
 * Makes a fetch for URLs that come from strangers. It refuses what `checkUrl` refuses, judges the
 * address of every new connection, and never follows a redirect. A refusal is a failed fetch with
 * an EgressError among its causes.
 *
 * @example
 * const send = guardedFetch({ policy: { allow: ['receiver.internal'] } })
 * await send('https://receiver.internal/events', { method: 'POST', body: '{"paid":true}' })
 * await send.close()
 *
 * @throws {EgressError} with `policy`, when the policy is not valid
 */
export function guardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const { policy = DEFAULT_POLICY, resolve = systemResolve } = options
  const dispatcher = new Agent({
    connect: guardedConnect({ rules: compilePolicy(policy), resolve }),
    keepAliveMaxTimeout: LONGEST_KEEP_ALIVE,
  })
  let effective: Promise<boolean> | undefined

  const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<unknown> => {
    effective ??= isGuardEffective(undiciFetch)
    if (!(await effective)) throw failure('unguarded', 'this runtime ignores the dispatcher')

    const url = input instanceof Request ? input.url : String(input)
    const verdict = checkUrl(url, policy)
    if (!verdict.ok) throw failure('blocked', verdict.reason)

    return undiciFetch(url, { ...initOf(input, init), dispatcher, redirect: 'manual' })
  }

  // undici's Request and Response have the platform's shape, in classes and types of their own
  const platformFetch = send as typeof fetch
  return Object.assign(platformFetch, { policy, close: () => dispatcher.close() })
}

/** What the platform made is taken apart, since undici recognises only its own classes. */
function initOf(input: RequestInfo | URL, init?: RequestInit): UndiciRequestInit {
  const isForeign = input instanceof Request || init?.body instanceof FormData
  if (!isForeign) return init as UndiciRequestInit

  const { method, headers, body, signal } = new Request(input, init)
  return { method, headers: [...headers], body, signal, duplex: 'half' }
}

/** Fails as fetch itself does. */
function failure(code: EgressErrorCode, reason: string): TypeError {
  return new TypeError('fetch failed', { cause: new EgressError(code, reason) })
}
