import { SenderError } from '../errors.ts'
import { findEgressError } from './egress/find-egress-error.ts'
import { judgeUrl } from './egress/judge-url.ts'
import { compilePolicy, type EgressPolicy } from './egress/policy.ts'
import type { LeanFetch } from './lean-fetch.ts'
import { readResponseBody } from './read-response-body.ts'

// none of these leaves the machine, even if the transport lets it through
const PROBES = ['https://127.255.255.254:59999/', 'https://[::1]:59999/', 'https://0.0.0.0:59999/']

const PATIENCE = 5000

/**
 * Requests a URL that the policy refuses, and rejects unless the transport refuses it: a transport that cannot guard
 * its connections must not get URLs from strangers.
 *
 * @throws {SenderError} with `egress`
 */
export async function testEgress(send: LeanFetch, policy: EgressPolicy): Promise<void> {
  const rules = compilePolicy(policy)
  const probe = PROBES.find((url) => !(judgeUrl(url, rules) instanceof URL))
  if (probe === undefined) return // the policy allows them all: there is nothing to guard

  let cause: unknown
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    const { body } = await send(probe, { method: 'GET', headers: {}, body: null, signal })
    await readResponseBody(body)
  } catch (error) {
    if (findEgressError(error)?.code === 'blocked') return
    cause = error
  }
  throw new SenderError(
    'egress',
    "the sender's fetch does not refuse internal addresses: pass fetch: guardedFetch() of @ringback/sender/node, or declare who guards the connections instead with egress: 'platform' or 'proxy'",
    { cause },
  )
}
