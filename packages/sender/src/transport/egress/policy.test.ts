import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { compilePolicy, isPermitted } from './policy.ts'

describe('compilePolicy', () => {
  it('allows nothing more by default', () => {
    expect(compilePolicy({})).toEqual({
      allowHttp: false,
      allowLoopback: false,
      allow: [],
      only: undefined,
    })
  })

  it('parses one object once', () => {
    const policy = { allow: ['localhost:9000'] }

    expect(compilePolicy(policy).allow).toEqual([{ target: 'localhost', port: 9000 }])
    expect(compilePolicy(policy)).toBe(compilePolicy(policy))
  })

  it('names an invalid entry, in the reason and in the message', () => {
    expect(() => compilePolicy({ only: ['localhost', '10.1.2.3/16'] })).toThrow(
      expect.objectContaining({
        code: 'policy',
        reason: expect.stringContaining('only[1], "10.1.2.3/16", is not'),
        message: expect.stringMatching(
          /^policy: the egress policy is not valid: only\[1\], "10\.1\.2\.3/,
        ),
      }),
    )
  })
})

describe('a policy that is misspelled', () => {
  it.each([
    [
      { allowLoopBack: true },
      /it has no member 'allowLoopBack'; its members are allowHttp, allowL/,
    ],
    [{ allow: 'localhost' }, /allow is no list: give one, such as \['receiver\.internal'\]/],
  ])('is refused: %j', (policy, message) => {
    // JavaScript knows no types
    expect(() => compilePolicy(policy as never)).toThrow(
      expect.objectContaining({ code: 'policy', message: expect.stringMatching(message) }),
    )
  })
})

describe('isPermitted', () => {
  const rules = compilePolicy({
    allow: ['localhost', 'receiver.internal:22', '10.1.0.0/16', '127.0.0.1:6379', '::1'],
  })

  it.each([
    ['localhost', 443, true],
    ['localhost', 9000, true],
    ['localhost', 80, false],
    ['localhost', 6379, false],
    ['localhost', undefined, true],
    ['a.localhost', 443, false],
    ['receiver.internal', 22, true],
    ['receiver.internal', 443, false],
    ['receiver.internal', undefined, false],
    ['10.1.2.3', 8443, true],
    ['10.1.2.3', 22, false],
    ['10.2.0.0', 8443, false],
    ['127.0.0.1', 6379, true],
    ['127.0.0.1', 6380, false],
    ['127.0.0.1', undefined, false],
    ['::1', 3000, true],
    ['::2', 3000, false],
    ['::ffff:10.1.2.3', 8443, false],
  ])('%s on port %s: %s', (target, port, expected) => {
    expect(isPermitted(rules, parseAddress(target) ?? target, port)).toBe(expected)
  })

  it('takes port 80 where http is allowed', () => {
    const withHttp = compilePolicy({ allowHttp: true, allow: ['localhost'] })

    expect(isPermitted(withHttp, 'localhost', 80)).toBe(true)
  })
})
