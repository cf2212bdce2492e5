import { describe, expect, it } from 'vitest'
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
})
