import { describe, expect, it } from 'vitest'
import { connectProxy } from '../../test/connect-proxy.ts'
import { guarded } from '../../test/serve.ts'
import { createSender } from '../sender.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { checkUrl } from './egress/check-url.ts'
import { EgressError } from './egress/errors.ts'
import type { EgressPolicy } from './egress/policy.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']

function start(send: typeof fetch, policy: EgressPolicy = {}): Promise<void> {
  const options = { store: memoryStore(), secrets, log: false } as const
  const sender = createSender({ ...options, fetch: send, policy })
  return sender.start().finally(() => sender.stop())
}

describe('the self-test of a sender', () => {
  it('refuses a fetch that judges URLs, but not what their names resolve to', async () => {
    const asked: string[] = []
    const send = async (url: string | URL | Request) => {
      const verdict = checkUrl(String(url))
      if (!verdict.ok) throw new EgressError('blocked', verdict.reason)
      asked.push(new URL(String(url)).hostname)
      throw new TypeError('fetch failed')
    }
    await expect(start(send)).rejects.toMatchObject({
      code: 'egress',
      message: expect.stringMatching(/names that resolve to internal addresses.*guardedFetch/),
    })
    expect(asked).toEqual([expect.stringMatching(/^egress-test-[-\da-f]+\.example$/)])
  })

  it('refuses a fetch that judges nothing', async () => {
    const send = () => Promise.reject(new TypeError('fetch failed'))
    await expect(start(send)).rejects.toThrow(/does not refuse internal addresses/)
  })

  it.each([
    {},
    { allowLoopback: true },
    { only: ['receiver.example'] },
    { allow: ['127.0.0.0/8'] },
  ])('accepts a guarded fetch and a function around it, with the policy %j', async (policy) => {
    const resolve = () => Promise.reject(new Error('nothing is resolved'))
    const send = guarded({ policy, resolve })
    await start(send, policy)
    await start((...args) => send(...args), policy)
  })

  it('asks nothing of a proxy', async () => {
    const proxy = await connectProxy()
    await start(guarded({ proxy: proxy.url }))
    expect(proxy.targets).toEqual([])
    await proxy.close()
  })
})
