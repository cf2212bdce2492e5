import { expect, it } from 'vitest'
import { message } from '../../test/message.ts'
import { scene } from '../../test/scene.ts'
import { describeDelivery } from './describe-delivery.ts'

it.each([
  ['https://169.254.169.254/latest', 'the callback URL is not allowed', '169.254.169.254'],
  ['gopher://10.0.0.1', 'the request gives no usable callback URL', 'http'],
  [undefined, 'the request asked for no callback', 'callback_url'],
])('describes %s for anybody, without the cause', async (url, sentence, detail) => {
  const { callbacks } = await scene([])
  const delivery = await callbacks.send(message(url))
  expect(delivery.detail).toContain(detail)
  expect(describeDelivery(delivery)).toBe(sentence)
})

it('has a sentence for scheduled, delivered and dead deliveries', async () => {
  expect(describeDelivery({ state: 'parked' })).toContain('once its receiver has recovered')
  expect(describeDelivery({ state: 'delivered' })).toBe('the callback was delivered')
  expect(describeDelivery({ state: 'dead', reason: 'expired' })).toContain('in time')
  expect(describeDelivery({ state: 'dead' })).toBe('the callback could not be sent')
})
