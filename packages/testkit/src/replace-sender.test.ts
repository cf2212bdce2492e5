import { describe, expect, it } from 'vitest'
import { apiOf, order, senderOf } from '../test/orders.ts'
import { inProcess } from './in-process.ts'
import { replaceSender } from './replace-sender.ts'

describe('replaceSender', () => {
  it('puts another sender in the place of the one that an API was made with, and back', async () => {
    const sender = senderOf()
    const app = apiOf(sender)
    const replacement = senderOf(inProcess({ fetch: () => new Response(null, { status: 204 }) }))

    const restore = replaceSender(sender, replacement)
    await order(app, 1)
    expect((await sender.sendDue()).sent).toBe(2)
    expect(await replacement.deliveries({ state: 'delivered' })).toHaveLength(2)

    restore()
    expect(await sender.deliveries()).toEqual([])
    await order(app, 2)
    expect(await sender.deliveries()).toHaveLength(2)
    expect(await replacement.deliveries()).toHaveLength(2)
  })
})
