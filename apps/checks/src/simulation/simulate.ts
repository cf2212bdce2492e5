import {
  type Clock,
  createSender,
  type DeliveryStore,
  memoryStore,
  type Sender,
} from '@ringback/sender'
import { createRandom } from '../create-random.ts'
import { type BusyServer, createBusyServer } from './busy-server.ts'
import { createTickClock } from './tick-clock.ts'

/** What is simulated. Times are milliseconds, rates are a second. */
export interface SimulationOptions {
  /** How long deliveries are stored. */
  readonly duration: number
  readonly rate: number
  readonly endpoints: number
  /** The share of endpoints that never respond, so that a request to them takes the whole deadline. */
  readonly dead: number
  readonly owners: number
  readonly processes: number
  /** Requests at once of each process. */
  readonly concurrency: number
  /** What was measured, in milliseconds of a core. */
  readonly costs: SimulationCosts
  readonly seed?: number
}

/** What was measured by bench/drain.ts of store-postgres. */
export interface SimulationCosts {
  /** Of the database for a claim, whatever it finds, and for each delivery that is stored, and claimed and committed. */
  readonly claim: number
  readonly enqueue: number
  readonly send: number
  /** Of a worker for each delivery. */
  readonly worker: number
}

/** What came of it. Latencies are from the time at which a delivery is due to its request, of endpoints that are well. */
export interface SimulationReport {
  readonly stored: number
  readonly delivered: number
  readonly requests: number
  readonly p50: number
  readonly p99: number
  /** The most deliveries that were due and not claimed. */
  readonly depth: number
  /** The rows of the database at the end, without erasing: messages, states, and attempts. */
  readonly rows: number
  /** The share of a core that the database and the busiest process used. */
  readonly database: number
  readonly worker: number
}

const TICK = 5
// of the responses of endpoints that are well: half take less, a hundredth takes ten times as long
const RESPONSE = 80
const SLOW = 10

/** Runs the real scheduler by a virtual clock, over a store and endpoints that take as long as they were measured to. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { duration, rate, endpoints, dead, owners, processes, concurrency, costs } = options
  const random = createRandom(options.seed ?? 1)
  const clock = createTickClock(TICK)
  const store = memoryStore({ clock })
  const database = createBusyServer(clock)
  const workers = Array.from({ length: processes }, () => createBusyServer(clock))
  const wakes = new Set<() => void>()
  const due = new Map<string, number>()
  const latencies: number[] = []
  let requests = 0
  let delivered = 0
  let depth = 0
  const deadCount = Math.round(endpoints * dead)

  const fetch = async (url: string, init: RequestInit | undefined, worker: BusyServer) => {
    const id = String(new Headers(init?.headers).get('webhook-id'))
    const isDead = Number(/e(\d+)\./.exec(url)?.[1]) < deadCount
    const dueAt = due.get(id)
    due.delete(id)
    if (dueAt !== undefined && !isDead) latencies.push(clock.now() - dueAt)
    requests += 1
    await worker.work(costs.worker)
    if (isDead) return hang(init?.signal)
    const isSlow = random() < 1 / 100
    await wait(clock, RESPONSE * (isSlow ? SLOW : 0.5 + random()))
    return new Response('{}', { headers: { 'content-type': 'application/json' } })
  }
  const senders: Sender[] = workers.map((worker) =>
    createSender({
      store: withCosts(store, { costs, database, wakes }),
      secrets: [`whsec_${Buffer.alloc(32, 'simulate').toString('base64')}`],
      fetch: (url, init) => fetch(String(url), init, worker),
      egress: 'proxy',
      concurrency,
      clock,
      random,
      log: false,
    }),
  )
  for (const sender of senders) {
    sender.on(({ delivery }) => {
      if (delivery.state === 'delivered') delivered += 1
    })
    await sender.start()
  }

  let stored = 0
  let owed = 0
  const storeSome = () => {
    owed += (rate * TICK) / 1000
    for (; owed >= 1; owed -= 1) {
      stored += 1
      const n = Math.floor(random() * endpoints)
      const now = clock.now()
      const id = `msg_${String(stored).padStart(9, '0')}`
      due.set(id, now)
      const endpoint = `https://e${n}.example`
      void database.work(costs.enqueue)
      void store.enqueue({
        ...{ id, state: 'scheduled', operationId: 'o', callback: 'c', method: 'post' },
        ...{ owner: `owner-${n % owners}`, endpoint, url: `${endpoint}/in` },
        ...{ attemptCount: 0, refusals: 0, createdAt: now, dueAt: now, payload: PAYLOAD },
      })
    }
    for (const wake of wakes) wake()
  }
  while (clock.now() < duration) {
    storeSome()
    await clock.tick()
    depth = Math.max(depth, due.size)
  }
  const busy = { database: database.busy, worker: Math.max(...workers.map((one) => one.busy)) }
  // what is left is due, and is sent
  for (const end = clock.now() + 60_000; due.size > 0 && clock.now() < end; ) await clock.tick()
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN
  return {
    ...{ stored, delivered, requests, depth, p50: at(0.5), p99: at(0.99) },
    rows: 2 * stored + requests,
    database: busy.database / duration,
    worker: busy.worker / duration,
  }
}

const PAYLOAD = new Uint8Array(200)

interface CostsOptions {
  readonly costs: SimulationCosts
  readonly database: BusyServer
  readonly wakes: Set<() => void>
}

/** The store, whose claims run one after the other over all processes and take their time. */
function withCosts(store: DeliveryStore, { costs, database, wakes }: CostsOptions): DeliveryStore {
  return {
    ...store,
    async claim(options) {
      await database.work(costs.claim)
      const result = await store.claim(options)
      await database.work(result.deliveries.length * costs.send)
      return result
    },
    onWake(wake) {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
  }
}

function wait(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(milliseconds, resolve))
}

function hang(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
}
