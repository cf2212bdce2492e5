import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callback, createApi, route } from '@ringback/core'
import { createSender, generateMasterKey } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { generateSecret } from '@ringback/signing'
import { sqliteStore } from '@ringback/store-sqlite'
import { startReceiver } from '@ringback/testkit/node'
import * as v from 'valibot'
import { expect, it, onTestFinished } from 'vitest'
import { invoicePaid, PAID, webhookScene } from './webhook-scene.ts'

const paid = callback('post', '{$request.query.callback_url}/{$request.body#/id}')
  .body(v.object({ amount: v.number() }))
  .response(204)

const createOrder = route('post', '/orders')
  .query(v.object({ callback_url: v.string(), key: v.string() }))
  .body(v.object({ id: v.string(), password: v.string() }))
  .response(204)
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    await callbacks.paid.send({ amount: 12 })
    return c.body(null, 204)
  })

it('stores only those parts of a request that its callback reads, and no secret', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rest-'))
  const secret = generateSecret()
  const receiver = await startReceiver([500, 204])
  const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  const store = sqliteStore(join(folder, 'callbacks.db'))
  const sender = createSender({ store, secrets: [secret], fetch: transport, schedule: [0, 0] })
  onTestFinished(async () => {
    await receiver.close()
    await transport.close()
    store.close()
    rmSync(folder, { recursive: true })
  })

  const app = createApi({ info: { title: 'Orders', version: '1.0.0' }, sender }, [createOrder])
  const query = new URLSearchParams({ callback_url: receiver.url, key: 'query-hunter2' })
  const response = await app.request(`/orders?${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer header-hunter2',
      cookie: 'sid=cookie-hunter2',
    },
    body: JSON.stringify({ id: '2expen51ve', password: 'body-hunter2' }),
  })
  expect(response.status).toBe(204)
  await sender.sendDue()
  expect(receiver.requests).toHaveLength(2)

  const names = readdirSync(folder)
  const bytes = names.map((name) => readFileSync(join(folder, name), 'latin1')).join('')
  expect(names).toEqual(expect.arrayContaining(['callbacks.db', 'callbacks.db-wal']))
  expect(bytes).toContain('2expen51ve') // as part of the URL
  expect(bytes).not.toContain('hunter2')
  expect(bytes).not.toContain(secret.slice('whsec_'.length))
  expect(JSON.stringify(await sender.deliveries())).not.toContain('hunter2')
})

it('stores, logs and tells no secret of an endpoint, value of its headers or master key', async () => {
  const lines: unknown[] = []
  const write = (...given: unknown[]) => lines.push(...given)
  const log = { debug: write, info: write, warn: write, error: write }
  const masterKey = generateMasterKey()
  const scene = await webhookScene({ store: 'sqliteStore', masterKey, log }, [500, 410], [204])
  const { sender, receivers, folder, events } = scene
  const imported = [generateSecret(), generateSecret()]
  const [failing = '', well = ''] = receivers.map(({ url }) => `${url}/hooks`)
  const headers = { authorization: 'Bearer header-hunter2' }
  const one = await sender.endpoints.create({ owner: 'ann', url: failing, headers })
  const two = await sender.endpoints.create({ owner: 'ann', url: well, secret: imported[0] ?? '' })
  const secrets = [...imported, await sender.endpoints.secret(one.id)]
  await sender.endpoints.rotate(one.id)
  await sender.endpoints.rotate(two.id, { secret: imported[1] ?? '' })
  await sender.endpoints.update(two.id, { headers: { 'x-key': 'changed-hunter2' } })
  secrets.push(await sender.endpoints.secret(one.id))

  await sender.publish(invoicePaid, PAID, { owner: 'ann' })
  await scene.sendAfter(0)
  await scene.sendAfter(60_000)
  expect(receivers.map(({ requests }) => requests.length)).toEqual([2, 1])
  expect(receivers[1]?.requests[0]?.headers['x-key']).toBe('changed-hunter2')
  expect(await sender.endpoints.get(one.id)).toMatchObject({ disabledReason: 'gone' })

  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
  const listed = await sender.endpoints.list()
  const told = JSON.stringify([lines.map(String), events, listed, await sender.deliveries()])
  expect(bytes.join('')).toContain(one.id)
  expect(told).toContain(one.id)
  expect(lines.length).toBeGreaterThan(0)
  expect(new Set(secrets).size).toBe(4)
  for (const place of [...bytes, told]) {
    expect(place).not.toContain('hunter2')
    for (const secret of [...secrets, masterKey]) {
      const text = String(secret).replace('whsec_', '')
      expect(place).not.toContain(text)
      expect(place).not.toContain(Buffer.from(text, 'base64').toString('latin1'))
    }
  }
})
