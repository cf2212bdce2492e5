import { SenderError } from '../errors.ts'
import { findEgressError } from './egress/find-egress-error.ts'
import { judgeResolved } from './egress/judge-resolved.ts'
import { judgeUrl } from './egress/judge-url.ts'
import { compilePolicy, type EgressPolicy } from './egress/policy.ts'
import { createProbeName } from './egress/probe-names.ts'
import type { LeanFetch } from './lean-fetch.ts'
import { readResponseBody } from './read-response-body.ts'

// none of these leaves the machine, even if the transport lets it through
const PROBES = ['127.255.255.254', '::1', '0.0.0.0']
const PORT = 59_999

const PATIENCE = 5000

/**
 * Requests a URL with an address that the policy refuses, then one with a name that resolves to such an address, and
 * rejects unless the transport refuses both: a transport that cannot guard its connections must not get URLs from
 * strangers.
 *
 * @throws {SenderError} with `egress`
 */
export async function testEgress(send: LeanFetch, policy: EgressPolicy): Promise<void> {
  const rules = compilePolicy(policy)
  const literal = PROBES.map(toUrl).find((url) => !(judgeUrl(url, rules) instanceof URL))
  // where the policy allows them all, there is nothing to guard
  if (literal !== undefined)
    await expectRefusal(send, literal, 'does not refuse internal addresses')

  const address = PROBES.find(
    (each) => !judgeResolved({ hostname: 'a.example', port: PORT, addresses: [each] }, rules).ok,
  )
  if (address === undefined) return
  const { name, end } = createProbeName(address)
  const problem = 'does not refuse names that resolve to internal addresses'
  await expectRefusal(send, toUrl(name), problem).finally(end)
}

async function expectRefusal(send: LeanFetch, url: string, problem: string): Promise<void> {
  let cause: unknown
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    const { body } = await send(url, { method: 'GET', headers: {}, body: null, signal })
    await readResponseBody(body)
  } catch (error) {
    if (findEgressError(error)?.code === 'blocked') return
    cause = error
  }
  throw new SenderError(
    'egress',
    `the sender's fetch ${problem}: pass fetch: guardedFetch() of @ringback/sender/node, or declare who guards the connections instead with egress: 'platform' or 'proxy'`,
    { cause },
  )
}

function toUrl(host: string): string {
  return `https://${host.includes(':') ? `[${host}]` : host}:${PORT}/`
}
