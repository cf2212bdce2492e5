import { describe, expect, it } from 'vitest'
import { compilePolicy, type EgressPolicy } from '../egress/policy.ts'
import { judgedAddresses } from './judged-addresses.ts'
import type { ResolveHostname } from './resolve.ts'

const resolvingTo =
  (...addresses: string[]): ResolveHostname =>
  async () =>
    addresses.map((address) => ({ address, family: 4 as const }))

const TARGET = { protocol: 'https:', hostname: 'receiver.example', port: 443 }

const judge = (resolve: ResolveHostname, policy: EgressPolicy = {}, target = TARGET) =>
  judgedAddresses({ rules: compilePolicy(policy), resolve }, target)

describe('judgedAddresses', () => {
  it('gives every address, in the order of the resolver', async () => {
    const addresses = ['2606:4700:4700::1111', '93.184.216.34']
    expect(await judge(resolvingTo(...addresses))).toEqual(addresses)
  })

  it.each([[['10.0.0.1']], [['93.184.216.34', '::1']], [['93.184.216.34', 'localhost']]])(
    'refuses %j as a whole',
    async (addresses) => {
      await expect(judge(resolvingTo(...addresses))).rejects.toMatchObject({
        name: 'EgressError',
        code: 'blocked',
      })
    },
  )

  it('treats an empty resolution as a name that does not exist', async () => {
    await expect(judge(resolvingTo(), { allow: ['receiver.example'] })).rejects.toMatchObject({
      code: 'ENOTFOUND',
      hostname: 'receiver.example',
    })
  })

  it('passes on an error of the resolver', async () => {
    const failure = Object.assign(new Error('queryA ESERVFAIL'), { code: 'ESERVFAIL' })
    const throwing = () => {
      throw failure
    }
    await expect(judge(() => Promise.reject(failure))).rejects.toBe(failure)
    await expect(judge(throwing)).rejects.toBe(failure)
  })

  it('resolves once', async () => {
    let calls = 0
    await judge(async () => {
      calls += 1
      return [{ address: '93.184.216.34', family: 4 }]
    })
    expect(calls).toBe(1)
  })
})
