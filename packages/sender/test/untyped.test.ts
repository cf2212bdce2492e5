// What the compiler refuses is refused at run time as well, by a sentence: JavaScript knows no types.
import { callback, webhook } from '@ringback/core'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { createSender, generateMasterKey, memoryStore } from '../src/index.ts'

const paid = webhook('post', 'order.paid')
  .body(v.object({ note: v.string() }))
  .response('2XX')
const sender = createSender({
  store: memoryStore(),
  secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  masterKey: generateMasterKey(),
  egress: 'platform',
  fetch: async () => new Response(null, { status: 204 }),
  log: false,
})
const refused = (sentence: string) => ({
  name: 'SenderError',
  code: 'option',
  message: expect.stringContaining(sentence),
})

it.each([
  [undefined, 'needs the owner'],
  [null, 'needs the owner'],
  [{ owner: '' }, 'needs the owner'],
  [{ owner: 'ann', orderKey: null }, 'orderKey must be'],
  [{ owner: 'ann', dedupeKey: 5 }, 'dedupeKey must be'],
  [{ owner: 'ann', delay: Symbol('x') }, 'give milliseconds'],
  [{ owner: 'ann', delay: 5n }, 'give milliseconds'],
  [{ owner: 'ann', delay: '5' }, 'give milliseconds'],
  [{ owner: 'ann', delay: null }, 'give milliseconds'],
  [{ owner: 'ann', expiresAt: new Date() }, 'give milliseconds'],
])('publish refuses the options %o', async (options, sentence) => {
  const published = sender.publish(paid, { note: 'a' }, options as never)
  await expect(published).rejects.toMatchObject(refused(sentence))
})

it.each([undefined, null, 'order.paid', {}, callback('post', '{$request.query.url}')])(
  'publish refuses the webhook %#',
  async (given) => {
    const published = sender.publish(given as typeof paid, { note: 'a' }, { owner: 'ann' })
    await expect(published).rejects.toMatchObject(refused('publish takes a webhook first'))
  },
)

it.each([
  [null, 'deliveries takes an object with id, '],
  [5, 'deliveries takes an object with id, '],
  [{ limit: -1 }, 'limit of deliveries is of another type: give a whole number from 0'],
  [{ limit: Number.NaN }, 'give a whole number'],
  [{ limit: 1.5 }, 'give a whole number'],
  [{ since: new Date() }, 'since of deliveries is of another type: give milliseconds'],
  [
    { state: ['dead'] },
    'state of deliveries is of another type: give one of scheduled, parked, sending, ',
  ],
  [{ owner: null }, 'give text'],
])('deliveries refuses the filter %o', async (filter, sentence) => {
  await expect(sender.deliveries(filter as never)).rejects.toMatchObject(refused(sentence))
})

it.each([
  [undefined, 'stats needs since: give milliseconds'],
  [null, 'stats takes an object with owner, '],
  [{}, 'stats needs since'],
  [{ since: Number.NaN }, 'since of stats is of another type: give milliseconds'],
  [{ since: 0, held: 'yes' }, 'held of stats is of another type: give true or false'],
  [{ since: 0, every: 60_000 }, 'every of stats'],
  [{ since: 0, callback: {} }, 'callback of stats is of another type: give text'],
])('stats refuses the filter %o', async (filter, sentence) => {
  await expect(sender.stats(filter as never)).rejects.toMatchObject(refused(sentence))
})

it.each(['recover', 'replay', 'forget'] as const)(
  '%s refuses to be called with nothing',
  async (method) => {
    const asked = (sender[method] as (filter: unknown) => Promise<number>)(undefined)
    await expect(asked).rejects.toMatchObject(refused(`${method} `))
  },
)
