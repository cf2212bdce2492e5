import type { LookupAddress, LookupOptions } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { compilePolicy, type EgressPolicy } from '../egress/policy.ts'
import { guardedLookup } from './guarded-lookup.ts'
import type { ResolveHostname } from './resolve.ts'

interface LookedUp {
  readonly error: Error | null
  readonly address: string | LookupAddress[]
  readonly family: number | undefined
}

const answering =
  (...addresses: string[]): ResolveHostname =>
  async () =>
    addresses.map((address) => ({ address, family: 4 as const }))

function lookUp(
  resolve: ResolveHostname,
  policy: EgressPolicy = {},
  options: LookupOptions = { all: true },
): Promise<LookedUp> {
  const lookup = guardedLookup({ rules: compilePolicy(policy), resolve }, 443)
  return new Promise((done) => {
    lookup('receiver.example', options, (error, address, family) => {
      done({ error, address, family })
    })
  })
}

describe('guardedLookup', () => {
  it('gives every judged address with its own family', async () => {
    const { error, address } = await lookUp(answering('93.184.216.34', '2606:4700:4700::1111'))

    expect(error).toBeNull()
    expect(address).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:4700:4700::1111', family: 6 },
    ])
  })

  it('gives the first address when one is asked for', async () => {
    const response = answering('2606:4700:4700::1111', '93.184.216.34')

    expect(await lookUp(response, {}, {})).toEqual({
      error: null,
      address: '2606:4700:4700::1111',
      family: 6,
    })
  })

  it.each([[['10.0.0.1']], [['93.184.216.34', '::1']], [['93.184.216.34', 'localhost']]])(
    'refuses %j as a whole',
    async (addresses) => {
      const { error, address } = await lookUp(answering(...addresses))

      expect(error).toMatchObject({ name: 'EgressError', code: 'blocked' })
      expect(address).toEqual([])
    },
  )

  it('treats an empty resolution as a name that does not exist', async () => {
    const { error } = await lookUp(answering(), { allow: ['receiver.example'] })

    expect(error).toMatchObject({ code: 'ENOTFOUND', hostname: 'receiver.example' })
  })

  it('passes on an error of the resolver', async () => {
    const failure = Object.assign(new Error('queryA ESERVFAIL'), { code: 'ESERVFAIL' })

    expect(await lookUp(() => Promise.reject(failure))).toMatchObject({ error: failure })
    expect(
      await lookUp(() => {
        throw failure
      }),
    ).toMatchObject({ error: failure })
  })

  it('resolves once', async () => {
    let calls = 0
    await lookUp(async () => {
      calls += 1
      return [{ address: '93.184.216.34', family: 4 }]
    })

    expect(calls).toBe(1)
  })
})
