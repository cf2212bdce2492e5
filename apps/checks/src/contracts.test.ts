import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { expect, it, onTestFinished } from 'vitest'
import { createOrder, ordersApp, postTo } from '../test/keep/orders.ts'
import { faultScene, SECRET } from './faults/fault-scene.ts'

it('flags a response that breaks its declaration, to a callback that another process has sent', async () => {
  const { sender, store, clock, receiver, latest } = await faultScene([500, 299])
  await postTo(ordersApp(sender), '/orders', receiver.url)
  await sender.resume(createOrder, 'order-1').nudged.send()
  await sender.sendDue()

  // another sender, which has sent nothing and knows the operations from its API
  const fetch = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  onTestFinished(() => fetch.close())
  const later = createSender({ store, fetch, secrets: [SECRET], clock })
  ordersApp(later)
  clock.advance(60_000)
  await later.sendDue()
  expect(await latest()).toMatchObject({
    state: 'delivered',
    attempts: [{ status: 500 }, { status: 299, reason: 'declaration' }],
  })
})
