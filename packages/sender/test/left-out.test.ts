// A sender whose bundler has left webhooks out.
import { webhook } from '@ringback/core'
import * as v from 'valibot'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createSender, generateMasterKey, memoryStore } from '../src/index.ts'
import { message } from './message.ts'

const paid = webhook('post', 'order.paid')
  .body(v.object({ note: v.string() }))
  .response('2XX')

function setUp(options: { readonly isLeftOut: boolean }, store = memoryStore()) {
  if (options.isLeftOut) vi.stubGlobal('__RINGBACK_WEBHOOKS__', false)
  onTestFinished(() => void vi.unstubAllGlobals())
  const urls: string[] = []
  const sender = createSender({
    store,
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    masterKey: generateMasterKey(),
    egress: 'platform',
    fetch: async (url) => {
      urls.push(String(url))
      return new Response('{"ok":true}')
    },
    log: false,
  })
  return { sender, store, urls }
}

it('refuses webhooks, and says how they come back', async () => {
  const { sender } = setUp({ isLeftOut: true })
  const leftOut = expect.objectContaining({
    code: 'option',
    message: expect.stringContaining('remove __RINGBACK_WEBHOOKS__ from the constants'),
  })
  await expect(sender.publish(paid, { note: 'a' }, { owner: 'ann' })).rejects.toThrow(leftOut)
  await expect(sender.endpoints.list()).rejects.toThrow(leftOut)
  await expect(sender.replay({ endpoint: 'ep_1', since: 0 })).rejects.toThrow(leftOut)
})

it('sends callbacks', async () => {
  const { sender, urls } = setUp({ isLeftOut: true })
  await sender['~callbacks'].send(message('https://receiver.example'))
  await sender.sendDue()
  expect(urls).toEqual(['https://receiver.example/invoices/2expen51ve'])
})

it('keeps what was published before, and says why it is not sent', async () => {
  const before = setUp({ isLeftOut: false })
  await before.sender.endpoints.create({ owner: 'ann', url: 'https://a.example' })
  await before.sender.publish(paid, { note: 'a' }, { owner: 'ann' })
  const { sender, urls } = setUp({ isLeftOut: true }, before.store)
  await sender.sendDue()
  expect(urls).toEqual([])
  expect(await sender.deliveries({ owner: 'ann' })).toEqual([
    expect.objectContaining({
      state: 'scheduled',
      attempts: [
        expect.objectContaining({
          reason: 'internal',
          detail: expect.stringContaining('left out of the bundle'),
        }),
      ],
    }),
  ])
})
