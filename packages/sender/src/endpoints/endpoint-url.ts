import { SenderError } from '../errors.ts'
import { judgeUrl } from '../transport/egress/judge-url.ts'
import { compilePolicy, type EgressPolicy } from '../transport/egress/policy.ts'
import type { EgressRefusalCode } from '../transport/egress/verdict.ts'

const LONGEST = 2048

// for whoever registers the URL: the policy's own reasons are for operators
const SENTENCES: Readonly<Record<EgressRefusalCode, string>> = {
  syntax: 'is no absolute URL: write it out, such as https://example.com/webhooks',
  scheme: 'has another scheme than https: begin it with https://',
  userinfo: 'has a user name or password: give credentials in a header',
  fragment: 'has a fragment, which is never sent: leave out what follows #',
  port: 'has a port that webhooks are not sent to: leave the port out',
  host: 'has a host that webhooks are not sent to: give a public host name',
  address: 'has an address that webhooks are not sent to: give a public host name',
}

/**
 * Refuses the URL of an endpoint that the policy does not allow.
 *
 * @throws {SenderError} with `endpoint` for another type or length, and with `url` for a URL that is not allowed
 */
export function checkEndpointUrl(url: unknown, policy: EgressPolicy): asserts url is string {
  if (typeof url !== 'string' || url === '' || url.length > LONGEST) {
    throw new SenderError(
      'endpoint',
      `url is no text of 1 to ${LONGEST} characters: give the URL that webhooks are sent to`,
    )
  }
  const judged = judgeUrl(url, compilePolicy(policy))
  if (judged instanceof URL) return
  throw new SenderError('url', `url ${SENTENCES[judged.code]}`)
}
