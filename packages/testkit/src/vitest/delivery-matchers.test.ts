import { generateMasterKey } from '@ringback/sender'
import { describe, expect, it } from 'vitest'
import { apiOf, grown, never, noted, order, paid, senderOf } from '../../test/orders.ts'
import { inProcess } from '../in-process.ts'
import { assertDelivered, assertStored } from '../node/assert-delivered.ts'
import './index.ts'

const receiver = { fetch: () => new Response(null, { status: 204 }) }

/** A sender that has stored an order's callbacks, and sent them unless told otherwise. */
async function ordered({ isSent = true } = {}) {
  const sender = senderOf(inProcess(receiver))
  await order(apiOf(sender), 12)
  if (isSent) await sender.sendDue()
  return sender
}

const messageOf = async (failing: Promise<void>): Promise<string> =>
  failing.then(
    () => 'it passes',
    (error: Error) => error.message,
  )

describe('toHaveDelivered', () => {
  it('passes for a callback that was delivered, with any payload, this one, or a matcher', async () => {
    const sender = await ordered()
    await expect(sender).toHaveDelivered(paid)
    await expect(sender).toHaveDelivered(paid, { amount: 12 })
    await expect(sender).toHaveDelivered(paid, { amount: expect.any(Number) })
    await expect(sender).toHaveDelivered(noted)
    await expect(sender).not.toHaveDelivered(paid, { amount: 13 })
    await expect(sender).not.toHaveDelivered(never)
  })

  it('says what was delivered instead', async () => {
    const sender = await ordered()
    expect(await messageOf(expect(sender).toHaveDelivered(paid, { amount: 13 }))).toBe(
      `The sender has not delivered 'paid' with {"amount":13}.
Of this declaration it has:
  paid: delivered {"amount":12} to https://receiver.example/paid`,
    )
    const message = await messageOf(expect(sender).toHaveDelivered(never))
    expect(message).toContain('has not delivered the callback PUT {$request.body#/other}.')
    expect(message).toContain('it has nothing, and of others:\n  noted: delivered to https://')
    expect(await messageOf(expect(sender).not.toHaveDelivered(paid))).toContain(
      "has delivered 'paid', and should not have",
    )
    expect(
      await messageOf(expect(sender).toHaveDelivered(paid, { amount: expect.stringMatching('x') })),
    ).toContain('{"amount":"StringMatching')
    expect(await messageOf(expect(senderOf()).toHaveDelivered(grown, { size: 1 }))).toBe(
      `The sender has not delivered 'grown' with {"size":1}.\nIt has no deliveries at all.`,
    )
  })

  it('says what to call when nothing was sent yet, and why a delivery died', async () => {
    const waiting = await ordered({ isSent: false })
    expect(await messageOf(expect(waiting).toHaveDelivered(paid))).toMatch(
      /paid: scheduled \{"amount":12\} to https.*\nNothing sends .*await sender\.sendDue\(\) first\.$/,
    )
    const blocked = senderOf(inProcess(receiver))
    await order(apiOf(blocked), 12, 'http://localhost/paid')
    expect(await messageOf(expect(blocked).toHaveDelivered(paid))).toContain('paid: dead (blocked)')
  })

  it('finds a webhook, and every delivery of many', async () => {
    const sender = senderOf({ ...inProcess(receiver), masterKey: generateMasterKey() })
    await sender.endpoints.create({
      owner: 'acme',
      url: 'https://hooks.example/',
      events: ['grown'],
    })
    await sender.publish(grown, { size: 3 }, { owner: 'acme' })
    await sender.sendDue()
    await expect(sender).toHaveDelivered(grown, { size: 3 })
    await expect(sender).not.toHaveDelivered(grown, { size: 4 })

    const busy = senderOf(inProcess(receiver))
    const app = apiOf(busy)
    await order(app, 1)
    for (let count = 0; count < 60; count += 1) await order(app, 2)
    await expect(busy).toHaveStored(paid, { amount: 1 })
  })

  it('refuses what is no sender', async () => {
    const failing = expect(apiOf(senderOf())).toHaveDelivered(paid, { amount: 12 })
    expect(await messageOf(failing)).toContain('give what createSender has made')
  })

  it('takes a payload of the callback alone', async () => {
    const sender = await ordered()
    // @ts-expect-error the amount is a number
    await expect(sender).not.toHaveDelivered(paid, { amount: '12' })
    // @ts-expect-error this callback has no payload
    await expect(sender).not.toHaveDelivered(noted, { amount: 12 })
    // @ts-expect-error the assertions are typed as the matchers are
    await expect(assertStored(sender, paid, { amount: '12' })).rejects.toThrow('has not stored')
  })
})

describe('toHaveStored', () => {
  it('passes before anything is sent', async () => {
    const sender = await ordered({ isSent: false })
    await expect(sender).toHaveStored(paid, { amount: 12 })
    await expect(sender).not.toHaveStored(paid, { amount: 13 })
    await expect(sender).not.toHaveDelivered(paid)
  })
})

describe('the assertions for other test runners', () => {
  it('pass and fail as the matchers do', async () => {
    const sender = await ordered({ isSent: false })
    await assertStored(sender, paid, { amount: 12 })
    expect(await messageOf(assertDelivered(sender, paid, { amount: 12 }))).toContain(
      'await sender.sendDue() first',
    )
    await sender.sendDue()
    await assertDelivered(sender, paid, { amount: 12 })
    await assertDelivered(sender, noted)
    expect(await messageOf(assertDelivered(sender, paid, { amount: 13 }))).toContain(
      'paid: delivered {"amount":12}',
    )
  })
})
