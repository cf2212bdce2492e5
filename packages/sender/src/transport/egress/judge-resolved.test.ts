import { describe, expect, it } from 'vitest'
import { judgeResolved } from './judge-resolved.ts'
import { compilePolicy, type EgressPolicy } from './policy.ts'

const judge = (addresses: readonly string[], policy: EgressPolicy = {}, port = 443) =>
  judgeResolved({ hostname: 'receiver.example.', port, addresses }, compilePolicy(policy))

describe('judgeResolved', () => {
  it('allows public addresses', () => {
    expect(judge(['93.184.216.34', '2606:4700:4700::1111'])).toEqual({ ok: true })
  })

  it.each([
    [['93.184.216.34', '10.0.0.1']],
    [['::1', '93.184.216.34']],
    [['93.184.216.34', 'not an address']],
  ])('refuses %j as a whole', (addresses) => {
    expect(judge(addresses)).toMatchObject({ ok: false, code: 'address' })
  })

  it('never allows an empty list of addresses', () => {
    const refusal = { ok: false, code: 'host', reason: 'the host name has no address' }

    expect(judge([])).toEqual(refusal)
    expect(judge([], { allow: ['receiver.example'] })).toEqual(refusal)
  })

  it('follows a permitted name wherever it leads', () => {
    const policy = { allow: ['receiver.example'] }

    expect(judge(['10.0.0.1', '::1'], policy)).toEqual({ ok: true })
    expect(judge(['10.0.0.1'], policy, 22)).toMatchObject({ code: 'address' })
    expect(judge(['10.0.0'], policy)).toMatchObject({ code: 'address' })
  })

  it('counts permitted addresses', () => {
    const policy = { allow: ['10.1.0.0/16', '127.0.0.1:9000'] }

    expect(judge(['10.1.2.3', '8.8.8.8'], policy)).toEqual({ ok: true })
    expect(judge(['127.0.0.1'], policy, 9000)).toEqual({ ok: true })
    expect(judge(['127.0.0.1'], policy)).toMatchObject({ code: 'address' })
  })

  it('checks an unlisted name by the listed ranges, and a listed name by the other rules', () => {
    expect(judge(['93.184.216.34'], { only: ['93.184.216.0/24'] })).toEqual({ ok: true })
    expect(judge(['93.184.217.1'], { only: ['93.184.216.0/24'] })).toMatchObject({
      code: 'address',
      reason: '93.184.217.1 is not among the only targets that the policy lists',
    })
    const named = { only: ['receiver.example'] }
    expect(judge(['93.184.217.1'], named)).toEqual({ ok: true })
    expect(judge(['10.0.0.1'], named)).toMatchObject({ code: 'address' })
    expect(judge(['10.0.0.1'], { ...named, allow: ['10.0.0.0/8'] })).toEqual({ ok: true })
  })
})
