import { describe, expect, it } from 'vitest'
import { LOOPBACK, NAME, resolver } from '../../../test/resolver.ts'
import { guarded, serve } from '../../../test/serve.ts'
import { createSender } from '../../sender.ts'
import { memoryStore } from '../../store/memory/memory-store.ts'
import { findEgressError } from '../egress/find-egress-error.ts'
import { guardedFetch } from './guarded-fetch.ts'
import type { ResolvedAddress } from './resolve.ts'

const policy = { allowLoopback: true }
const PUBLIC: ResolvedAddress = { address: '93.184.216.34', family: 4 }
const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const failureOf = (response: Promise<Response>) => response.catch((error: unknown) => error)

describe('guardedFetch with allowLoopback', () => {
  it.each(['127.0.0.1', '2130706433', '127.1', 'localhost', 'receiver.localhost', 'LOCALHOST.'])(
    'reaches %s over http',
    async (host) => {
      const server = await serve()
      const response = await guarded({ policy })(`http://${host}:${server.port}/`)
      expect(await response.text()).toBe('ok')
    },
  )

  it.each([
    ['a name that resolves to this machine, over http', `http://${NAME}`, LOOPBACK],
    ['0.0.0.0', 'http://0.0.0.0', LOOPBACK],
    ['localhost that resolves to another machine', 'http://localhost', PUBLIC],
    ['a name under it that does', 'https://a.localhost', PUBLIC],
  ])('opens no connection to %s', async (_, origin, address) => {
    const server = await serve()
    const send = guarded({ policy, resolve: resolver([address]).resolve })
    const error = await failureOf(send(`${origin}:${server.port}/`))
    expect(findEgressError(error)).toMatchObject({ code: 'blocked' })
    expect(server.connections()).toBe(0)
  })

  it.each([
    ['both are this machine', [LOOPBACK, { address: '127.0.0.2', family: 4 } as const], undefined],
    ['one is not', [LOOPBACK, PUBLIC], 'blocked'],
  ])(
    'dials a name by https only where every address is loopback: %s',
    async (_, addresses, code) => {
      const server = await serve()
      const send = guarded({ policy, resolve: resolver(addresses).resolve })
      const error = await failureOf(send(`https://${NAME}:${server.port}/`))
      // the server speaks no TLS, which only who reaches it can find
      expect(findEgressError(error)?.code).toBe(code)
      expect(server.connections() > 0).toBe(code === undefined)
    },
  )

  it('is refused with a proxy', () => {
    expect(() => guardedFetch({ policy, proxy: 'http://proxy.internal:3128' })).toThrow(
      expect.objectContaining({ code: 'policy', reason: expect.stringContaining('proxy') }),
    )
  })

  it.each(['platform', 'proxy'] as const)('is refused where the %s guards', (egress) => {
    const options = { store: memoryStore(), secrets, egress }
    expect(() => createSender({ ...options, policy })).toThrow(
      expect.objectContaining({
        code: 'option',
        message: expect.stringContaining('allowLoopback'),
      }),
    )
    expect(() => createSender({ ...options, fetch: guarded({ policy }) })).not.toThrow()
  })

  it('is a policy that the self-test of a sender accepts', async () => {
    const options = { store: memoryStore(), secrets, log: false } as const
    const sender = createSender({ ...options, fetch: guarded({ policy }) })
    await sender.start()
    await sender.stop()
    const unguarded = createSender({ ...options, policy })
    await expect(unguarded.start()).rejects.toMatchObject({ code: 'egress' })
  })
})
