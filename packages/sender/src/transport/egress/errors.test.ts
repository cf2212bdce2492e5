import { describe, expect, it } from 'vitest'
import { guardedFetch } from '../node/guarded-fetch.ts'
import { EgressError } from './errors.ts'

describe('EgressError', () => {
  it('keeps the address out of the message', () => {
    const cause = new Error('a')
    const error = new EgressError('blocked', '10.0.0.1 is private use (RFC 1918)', { cause })

    expect(error).toMatchObject({
      name: 'EgressError',
      code: 'blocked',
      message: 'blocked: the callback URL is not allowed by the egress policy',
      reason: '10.0.0.1 is private use (RFC 1918)',
      cause,
    })
  })

  it('says in its message what is wrong with a policy', () => {
    expect(() => guardedFetch({ policy: { allow: ['10.0.0.0/40'] } })).toThrow(
      'policy: the egress policy is not valid: allow[0], "10.0.0.0/40", is not a target: give an address, a CIDR range or a host name',
    )
  })
})
