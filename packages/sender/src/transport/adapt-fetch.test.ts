import { describe, expect, it } from 'vitest'
import { message } from '../../test/message.ts'
import { createSender } from '../sender.ts'
import { memoryStore } from '../store/memory/memory-store.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']

describe.each(['platform', 'proxy'] as const)('a sender whose %s guards', (egress) => {
  it('judges the URL of each attempt, also of one that is redriven', async () => {
    const sent: string[] = []
    const fetch = async (url: string | URL | Request) => {
      sent.push(String(url))
      return new Response(null, { status: 204 })
    }
    const options = { store: memoryStore(), secrets, egress, fetch, log: false } as const
    const before = createSender({ ...options, policy: { allow: ['10.0.0.1'] } })
    const stored = await before['~callbacks'].send(message('https://10.0.0.1'))
    const refused = await before['~callbacks'].send(message('https://10.0.0.2'))
    expect([stored.state, refused.state]).toEqual(['scheduled', 'dead'])

    // stored under an older policy, and refused from the beginning
    const after = createSender(options)
    await after.redrive(refused.id)
    await after.sendDue()
    expect(sent).toEqual([])
    for (const { attempts } of await after.deliveries()) {
      expect(attempts).toMatchObject([{ reason: 'blocked' }])
    }
    await before['~callbacks'].send(message('https://example.com'))
    await after.sendDue()
    expect(sent).toEqual(['https://example.com/invoices/2expen51ve'])
  })
})
