// Fills an SQLite store with 1,000,000 deliveries, and prints the server time of each page: the median of 20 requests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSender, type StoredDelivery, systemClock } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import { console as operatorConsole } from '../src/index.ts'

const COUNT = Number(process.env.COUNT ?? 1_000_000)
const ROUNDS = 20
const BATCH = 2000
const OWNERS = 200
const HOSTS = 500

const folder = mkdtempSync(join(tmpdir(), 'ringback-console-'))
const start = Date.now() - 3_600_000
const clock = { ...systemClock, now: () => now }
let now = start
const path = join(folder, 'callbacks.db')
let store = sqliteStore(path, { clock })
const payload = new TextEncoder().encode('{"description":"Payment celebration","paid":true}')

/** 90 % delivered, 3 % dead, 1 % cancelled, 6 % that wait, of which some are due. */
function makeDelivery(index: number): StoredDelivery {
  const endpoint = `https://${index % HOSTS}.example.com`
  const part = index % 100
  const state = part < 90 ? 'delivered' : part < 93 ? 'dead' : part < 94 ? 'cancelled' : 'scheduled'
  return {
    id: `msg_${now.toString(16).padStart(12, '0')}${index.toString(16).padStart(20, '0')}`,
    state,
    owner: `owner-${index % OWNERS}`,
    operationId: 'postInvoices',
    callback: index % 3 === 0 ? 'invoicePaid' : 'invoiceNotification',
    method: 'post',
    url: `${endpoint}/events/invoices/${index}`,
    endpoint,
    attemptCount: state === 'scheduled' ? 0 : 1,
    refusals: 0,
    createdAt: now,
    payload,
    ...(state === 'dead' && { reason: 'exhausted', detail: 'the receiver responded 500' }),
    ...(state === 'scheduled' && { dueAt: now + (index % 7) * 600_000 }),
  }
}

console.log(`filling a store with ${COUNT} deliveries …`)
for (let index = 0; index < COUNT; index += BATCH) {
  now = start + Math.floor((index / COUNT) * 3_590_000)
  await Promise.all(
    Array.from({ length: Math.min(BATCH, COUNT - index) }, (_, one) => {
      const delivery = makeDelivery(index + one)
      const status = delivery.state === 'dead' ? 500 : 200
      const attempts = delivery.attemptCount === 0 ? [] : [{ startedAt: now, duration: 12, status }]
      return store.enqueue(delivery, attempts)
    }),
  )
}
// what was counted is written, as it is in time
store.close()
store = sqliteStore(path)
const { deliveries } = await store.claim({ limit: 20, lease: 60_000 })
// some endpoints are held
for (const claimed of deliveries) {
  const receiver = { verdict: 'failing', pause: 3_600_000 } as const
  const attempt = { startedAt: Date.now(), duration: 12, status: 503, reason: 'status' } as const
  const transition = { state: 'scheduled', delay: 60_000, attemptCount: 1, refusals: 0 } as const
  await store.commit(claimed, { ...transition, receiver }, attempt)
}

const sender = createSender({
  store,
  secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  egress: 'platform',
  log: false,
})
const app = operatorConsole(sender, { authorize: () => 'all' })
const [dead] = await store.query({ state: 'dead', limit: 1 })
const day = new Date(start).toISOString().slice(0, 16)
const endpoint = encodeURIComponent('https://7.example.com')
const PAGES = [
  '/',
  '/?window=day',
  '/live.json',
  '/deliveries',
  '/deliveries?state=dead',
  '/deliveries?state=delivered',
  '/deliveries?state=scheduled',
  '/deliveries?state=parked',
  '/deliveries?owner=owner-7',
  `/deliveries?endpoint=${endpoint}`,
  '/deliveries?callback=invoicePaid&state=dead',
  '/deliveries?callback=nothing',
  `/deliveries?since=${day}`,
  `/deliveries/${dead?.id}`,
  '/deliveries/redrive?state=dead',
  '/endpoints',
]

console.log('milliseconds of 20 requests: processor, median; then by the clock, median and worst')
for (const path of PAGES) {
  const times: number[] = []
  const used: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now()
    const before = process.cpuUsage()
    const response = await app.request(path)
    await response.text()
    times.push(performance.now() - begin)
    const { user, system } = process.cpuUsage(before)
    used.push((user + system) / 1000)
    if (response.status !== 200) throw new Error(`${path} responds ${response.status}`)
  }
  const [processor, clock, worst] = [medianOf(used), medianOf(times), Math.max(...times)]
  const columns = [processor, clock, worst].map((time) => time.toFixed(1).padStart(8))
  console.log(`${columns.join(' ')}  ${path}`)
}
store.close()
rmSync(folder, { recursive: true })

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
