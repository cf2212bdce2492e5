// Callbacks that are stored in a transaction of the application.
import { spawnSync } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { createSender, memoryStore } from '@ringback/sender'
import { describe, expect, it, onTestFinished } from 'vitest'
import { messageTo } from './faults/callback-message.ts'
import { faultScene, SECRET } from './faults/fault-scene.ts'

const PROGRAM = fileURLToPath(new URL('../test/crash/transaction-process.ts', import.meta.url))

/** A scene whose application stores invoices in the file of the sender. */
async function setUp() {
  const scene = await faultScene([200])
  const database = new DatabaseSync(scene.path)
  onTestFinished(() => database.close())
  database.exec('CREATE TABLE invoice (id TEXT)')
  const invoices = () => database.prepare('SELECT count(*) AS n FROM invoice').get()?.n
  return { ...scene, database, invoices }
}

describe('prepare', () => {
  it.each([
    ['COMMIT', 1],
    ['ROLLBACK', 0],
  ])('stores with the rows of the transaction or not at all: %s', async (end, count) => {
    const { callbacks, receiver, database, invoices, sendAfter } = await setUp()
    const prepared = await callbacks.prepare(messageTo(receiver.url))
    expect(prepared.delivery).toMatchObject({ state: 'scheduled', attemptCount: 0 })
    database.exec("BEGIN; INSERT INTO invoice VALUES ('a')")
    expect(prepared.enqueue(database)).toEqual(prepared.delivery)
    database.exec(end)

    expect(await sendAfter(0)).toBe(count)
    expect([invoices(), receiver.requests.length]).toEqual([count, count])
  })

  it('wakes a started sender', async () => {
    const { sender, callbacks, receiver, database } = await setUp()
    await sender.start()
    const prepared = await callbacks.prepare(messageTo(receiver.url))
    database.exec('BEGIN')
    prepared.enqueue(database)
    database.exec('COMMIT')
    await receiver.received(1)
  })

  it.each([
    ['beforeCommit', 0],
    ['afterCommit', 1],
  ])('stores both or neither when the process is killed %s', async (crashAt, count) => {
    const { path, receiver, invoices, sendAfter } = await setUp()
    const env = { ...process.env, DATABASE: path, SINK: receiver.url, CRASH_AT: crashAt }
    const { signal } = spawnSync(process.execPath, [PROGRAM], { env })
    expect(signal).toBe('SIGKILL')
    // the process stored it at the real time, which this clock has not reached
    expect(await sendAfter(100 * 365 * 24 * 3_600_000)).toBe(count)
    expect([invoices(), receiver.requests.length]).toEqual([count, count])
  })

  it('rejects an invalid payload, and does not store a skipped delivery', async () => {
    const { sender, callbacks, receiver, database } = await setUp()
    const wrong = messageTo(receiver.url, { payload: { paid: 'yes' } })
    await expect(callbacks.prepare(wrong)).rejects.toMatchObject({ code: 'payload' })

    const message = messageTo(receiver.url)
    const request = { ...message.exchange.request, url: 'https://api.example/' }
    const skipped = await callbacks.prepare({ ...message, exchange: { request } })
    expect(skipped.delivery.state).toBe('skipped')
    expect(skipped.enqueue(database).state).toBe('skipped')
    expect(await sender.deliveries()).toEqual([])
  })

  it('returns the delivery of a known dedupeKey, and refuses another payload', async () => {
    const { callbacks, receiver, database, send } = await setUp()
    const options = { dedupeKey: 'a' }
    const first = await send({ options })
    const same = await callbacks.prepare(messageTo(receiver.url, { options }))
    const other = await callbacks.prepare(
      messageTo(receiver.url, { options, payload: { paid: false } }),
    )
    database.exec('BEGIN')
    expect(same.enqueue(database).id).toBe(first.id)
    expect(() => other.enqueue(database)).toThrow(expect.objectContaining({ code: 'dedupe' }))
    database.exec('ROLLBACK')
  })

  it('requires a store with transactions', async () => {
    const sender = createSender({ store: memoryStore(), secrets: [SECRET], egress: 'platform' })
    const prepared = await sender['~callbacks'].prepare(messageTo('https://www.external.org'))
    expect(() => prepared.enqueue({})).toThrow(expect.objectContaining({ code: 'transaction' }))
  })
})
