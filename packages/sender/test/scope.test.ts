// A scope that names no owner is refused: it would reach what belongs to everybody.
import { webhook } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createSender, generateMasterKey, memoryStore } from '../src/index.ts'

const paid = webhook('post', 'order.paid')
  .body(v.object({ note: v.string() }))
  .response('2XX')

async function setUp() {
  const sender = createSender({
    store: memoryStore(),
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    masterKey: generateMasterKey(),
    egress: 'platform',
    fetch: async () => new Response(null, { status: 204 }),
    log: false,
  })
  const { id: endpoint } = await sender.endpoints.create({ owner: 'ann', url: 'https://a.example' })
  await sender.publish(paid, { note: 'a' }, { owner: 'ann' })
  const [delivery] = await sender.deliveries({ owner: 'ann' })
  return { sender, endpoint, delivery: delivery?.id ?? '' }
}

const range = { since: 0 }
const METHODS = [
  'cancel',
  'redrive',
  'inspect',
  'recover',
  'replay',
  'endpoints.get',
  'endpoints.update',
  'endpoints.enable',
  'endpoints.disable',
  'endpoints.delete',
  'endpoints.rotate',
  'endpoints.secret',
  'endpoints.test',
] as const

/** Calls a method with a scope that the compiler refuses. */
async function call(method: (typeof METHODS)[number], given: unknown) {
  const { sender, endpoint, delivery } = await setUp()
  const scope = given as never
  const { endpoints } = sender
  return {
    cancel: () => sender.cancel(delivery, scope),
    redrive: () => sender.redrive(delivery, scope),
    inspect: () => sender.inspect(delivery, scope),
    recover: () => sender.recover({ endpoint, ...range }, scope),
    replay: () => sender.replay({ endpoint, ...range }, scope),
    'endpoints.get': () => endpoints.get(endpoint, scope),
    'endpoints.update': () => endpoints.update(endpoint, { description: 'x' }, scope),
    'endpoints.enable': () => endpoints.enable(endpoint, scope),
    'endpoints.disable': () => endpoints.disable(endpoint, scope),
    'endpoints.delete': () => endpoints.delete(endpoint, scope),
    'endpoints.rotate': () => endpoints.rotate(endpoint, scope),
    'endpoints.secret': () => endpoints.secret(endpoint, scope),
    'endpoints.test': () => endpoints.test(endpoint, scope),
  }[method]()
}

describe.each(METHODS)('the scope of %s', (method) => {
  it.each([
    ['misspelled', { ownr: 'bob' }, "has no option 'ownr': did you mean 'owner'?"],
    ['undefined', { owner: undefined }, 'owner'],
    ['null', { owner: null }, 'owner'],
    ['no text', { owner: 5 }, 'owner'],
    ['an owner without its name', 'bob', 'takes an object with '],
    ['null itself', null, 'takes an object with '],
  ])('is refused: %s', async (_, scope, sentence) => {
    await expect(call(method, scope)).rejects.toMatchObject({
      name: 'SenderError',
      code: 'option',
      message: expect.stringContaining(sentence),
    })
  })
})

it('of endpoints.create: a misspelled verify is refused, and no endpoint is created', async () => {
  const { sender } = await setUp()
  const wrong = { verfy: true } as never
  const created = sender.endpoints.create({ owner: 'bob', url: 'https://b.example' }, wrong)
  await expect(created).rejects.toMatchObject({
    code: 'option',
    message: "endpoints.create has no option 'verfy': did you mean 'verify'?",
  })
  expect((await sender.endpoints.list({ owner: 'bob' })).endpoints).toEqual([])
})
