// checked by tsc, never run
import { webhook } from '@ringback/core'
import * as v from 'valibot'
import { expectTypeOf, it } from 'vitest'
import type { Sender } from '../sender.ts'
import type { Published } from './publish.ts'

declare const sender: Sender

const opened = webhook('post', 'door.opened')
  .delivery({ schedule: [0, 4000], deadline: 3000, overloadWait: 0 })
  .body(v.object({ door: v.string() }))
  .headers(v.object({ 'x-region': v.string() }))
  .response(204)

it('types the payload and the parts of a webhook, whatever its delivery', () => {
  const parts = { owner: 'ann', headers: { 'x-region': 'eu' } }
  const publish = () => sender.publish(opened, { door: 'front' }, parts)
  expectTypeOf(publish).returns.toEqualTypeOf<Promise<Published>>()
  // @ts-expect-error - a door is text
  void sender.publish(opened, { door: 1 }, parts)
  // @ts-expect-error - the headers are required
  void sender.publish(opened, { door: 'front' }, { owner: 'ann' })
})

it('takes only options of a delivery, which are milliseconds', () => {
  const closed = webhook('post', 'door.closed')
  // @ts-expect-error - the schedule is a list
  closed.delivery({ schedule: 5 })
  // @ts-expect-error - a deadline is a number
  closed.delivery({ deadline: '5 s' })
  // @ts-expect-error - it is no option of one webhook
  closed.delivery({ concurrency: 5 })
})
