/** Stable codes. Switch on these; never parse the message. */
export type EgressErrorCode =
  | 'blocked' // the policy refuses this URL or address
  | 'policy' // the policy has an invalid entry
  | 'proxy' // the egress proxy does not respond, or refuses
  | 'unguarded' // this runtime lets connections bypass the guard

// users of the API may see a message, so it never names an address
const MESSAGES: Readonly<Record<EgressErrorCode, string>> = {
  blocked: 'the callback URL is not allowed by the egress policy',
  policy: 'the egress policy is not valid',
  proxy: 'the egress proxy failed',
  unguarded: 'connections cannot be checked on this runtime',
}

/**
 * Thrown when a request may not be sent, or for an invalid policy. `message` is for anybody, `reason` for operators
 * only; that of an invalid policy is in the message.
 *
 * @example
 * new EgressError('blocked', '10.0.0.1 is private use (RFC 1918)').message
 * // 'blocked: the callback URL is not allowed by the egress policy'
 */
export class EgressError extends Error {
  override readonly name = 'EgressError'
  readonly code: EgressErrorCode
  readonly reason: string

  constructor(code: EgressErrorCode, reason: string, options?: ErrorOptions) {
    // a wrong policy is a mistake of whoever starts the sender: nobody else sees it
    const said = code === 'policy' ? `${MESSAGES.policy}: ${reason}` : MESSAGES[code]
    super(`${code}: ${said}`, options)
    this.code = code
    this.reason = reason
  }
}
