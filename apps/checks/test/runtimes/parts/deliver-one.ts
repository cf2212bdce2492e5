import { callback, createApi, route } from '@ringback/core'
import type { Sender } from '@ringback/sender'
import { isFinal } from '@ringback/sender/store'
import * as v from 'valibot'
import type { RuntimeSettings } from './runtime-case.ts'

const paid = callback('post', '{$request.query.to}')
  .body(v.object({ amount: v.number() }))
  .response(200, v.object({ ok: v.boolean() }))

/** An operation whose callback goes to the URL in its query. */
export const createOrder = route('post', '/orders')
  .query(v.object({ to: v.string() }))
  .response(200, v.object({ id: v.string() }))
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    const { id } = await callbacks.paid.send({ amount: 12 })
    return c.json({ id }, 200)
  })

/** Where the cases may send. */
export const policy = { allowHttp: true, allow: ['127.0.0.1'] }

/** The outcome of `deliverOne`. */
export const DELIVERED = { state: 'delivered', statuses: [200] }

/** Sends a callback to the receiver on this machine, and waits until it has ended. */
export async function deliverOne(sender: Sender, { sink }: RuntimeSettings): Promise<unknown> {
  const api = createApi({ info: { title: 'Orders', version: '1' }, sender }, [createOrder])
  const query = new URLSearchParams({ to: `${sink}/paid` })
  const response = await api.request(`/orders?${query}`, { method: 'POST' })
  const { id } = (await response.json()) as { id: string }
  for (;;) {
    await sender.sendDue()
    const record = (await sender.deliveries()).find((one) => one.id === id)
    if (record && isFinal(record)) {
      return { state: record.state, statuses: record.attempts.map(({ status }) => status) }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
