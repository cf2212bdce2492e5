import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApi } from '@ringback/core'
import { createSender, memoryStore } from '@ringback/sender'
import { inProcess, signedRequest } from '@ringback/testkit'
import { assertDelivered } from '@ringback/testkit/node'
import { createReceiver } from '../receiver/app.ts'
import { info, invoiceNotification, operations } from '../src/operations.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']

/** The API of one test: its sender hands callbacks to the receiver, without sockets. */
function createTestApi() {
  const receiver = createReceiver(secrets)
  const sender = createSender({ store: memoryStore(), secrets, ...inProcess(receiver) })
  return { sender, app: createApi({ info, sender }, operations) }
}

const createInvoice = (invoice: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(invoice),
})

test('an invoice is reported to its customer', async () => {
  const { app, sender } = createTestApi()
  const response = await app.request(
    '/invoices?callback_url=https://receiver.example/events',
    createInvoice({ id: '2expen51ve', customer: 'Mr. Richie Rich', total: 9999 }),
  )
  assert.deepEqual(await response.json(), { msg: 'Invoice received' })

  await sender.sendDue()
  await assertDelivered(sender, invoiceNotification, {
    description: 'Payment celebration',
    paid: true,
  })
})

test('a wrong invoice is refused', async () => {
  const { app } = createTestApi()
  assert.equal((await app.request('/invoices', createInvoice({ id: 1 }))).status, 422)
})

test('the receiver verifies what it gets', async () => {
  const receiver = createReceiver(secrets)
  const path = '/events/invoices/2expen51ve'
  const good = await signedRequest(invoiceNotification, path, { secrets })
  assert.equal((await receiver.request(good)).status, 200)
  const stranger = { secrets: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'] }
  const bad = await signedRequest(invoiceNotification, path, stranger)
  assert.equal((await receiver.request(bad)).status, 403)
})
