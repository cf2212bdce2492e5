import { type Counts, createCounts } from './counts.ts'
import { addTo } from './damage.ts'
import type { SqlDriver } from './sql-driver.ts'

/** An endpoint of an owner; `''` for deliveries that have none. */
export interface EndpointKey {
  readonly owner: string
  readonly endpoint: string
}

/** The endpoint of a delivery with its order key: such deliveries are sent one after the other. */
export interface Lane extends EndpointKey {
  readonly orderKey: string | null
}

/** The times of endpoints and owners: who has something due, and whose turn it is. */
export interface Queues {
  /** The counts of deliveries that end, and of attempts. */
  readonly counts: Counts
  /** Says that the queue of an endpoint has changed. */
  touch(endpoint: EndpointKey): void
  /** Says that the turn of an owner has changed. */
  touchOwner(owner: string): void
  /** Says that final deliveries of an owner were added or erased. */
  keep(owner: string, count: number, bytes: number): void
  /** Whether an earlier delivery of the lane is still to be sent. */
  isBehind(id: string, lane: Lane): boolean
  /** Lets the next delivery of a lane go, after one has ended. */
  release(lane: Lane): void
  /** Writes what has changed, once for each endpoint and owner, before the transaction ends. */
  settle(): void
  /** Forgets what was said in a transaction that was rolled back. */
  discard(): void
}

const READ_ENDPOINT = `
  SELECT ready_at, turn_at, held_until, (
    SELECT due_at FROM ringback_live INDEXED BY ringback_live_queue
    WHERE owner = ? AND endpoint = ? AND state = 'scheduled' AND waiting = 0
    ORDER BY due_at LIMIT 1) AS due_at
  FROM ringback_endpoint WHERE owner = ? AND endpoint = ?`
const ADD_ENDPOINT = 'INSERT INTO ringback_endpoint (owner, endpoint) VALUES (?, ?)'
const SET_ENDPOINT = 'UPDATE ringback_endpoint SET ready_at = ? WHERE owner = ? AND endpoint = ?'
const READ_OWNER = `
  SELECT ready_at, turn_at, (
    SELECT ready_at FROM ringback_endpoint INDEXED BY ringback_endpoint_ready
    WHERE owner = ? AND ready_at IS NOT NULL ORDER BY ready_at LIMIT 1) AS first
  FROM ringback_owner WHERE owner = ?`
const ADD_OWNER = 'INSERT INTO ringback_owner (owner) VALUES (?)'
const SET_OWNER = 'UPDATE ringback_owner SET ready_at = ? WHERE owner = ?'
const KEEP = `
  UPDATE ringback_owner SET kept = ${addTo('kept')}, kept_bytes = ${addTo('kept_bytes')}
  WHERE owner = ?`
const OTHER_OF_LANE = `
  SELECT 1 FROM ringback_live INDEXED BY ringback_live_order
  WHERE owner = ? AND endpoint = ? AND order_key = ? AND id <> ? LIMIT 1`
const LET_FIRST_GO = `
  UPDATE ringback_live SET waiting = 0 WHERE id = (
    SELECT id FROM ringback_live INDEXED BY ringback_live_order
    WHERE owner = ? AND endpoint = ? AND order_key = ? AND NOT EXISTS (
      SELECT 1 FROM ringback_live INDEXED BY ringback_live_order
      WHERE owner = ? AND endpoint = ? AND order_key = ? AND waiting = 0)
    ORDER BY id LIMIT 1)`

/** Prepares the times of endpoints and owners. */
export function createQueues(driver: SqlDriver): Queues {
  const touched = new Map<string, Set<string>>()
  const kept = new Map<string, { count: number; bytes: number }>()

  const settleEndpoint = (owner: string, endpoint: string) => {
    const row = driver.get(READ_ENDPOINT, owner, endpoint, owner, endpoint)
    if (row === undefined) {
      driver.run(ADD_ENDPOINT, owner, endpoint)
      settleEndpoint(owner, endpoint)
      return
    }
    const { due_at: due, ready_at: before } = row
    const times = [Number(due), Number(row.turn_at), Number(row.held_until ?? 0)]
    const ready = due === null ? null : Math.max(...times)
    if (ready !== before) driver.run(SET_ENDPOINT, ready, owner, endpoint)
  }
  const settleOwner = (owner: string) => {
    const row = driver.get(READ_OWNER, owner, owner)
    if (row === undefined) {
      driver.run(ADD_OWNER, owner)
      settleOwner(owner)
      return
    }
    const { first, turn_at: turn, ready_at: before } = row
    const ready = first === null ? null : Math.max(Number(first), Number(turn))
    if (ready !== before) driver.run(SET_OWNER, ready, owner)
  }
  const counts = createCounts(driver)
  const discard = () => {
    touched.clear()
    kept.clear()
  }

  return {
    counts,
    touch({ owner, endpoint }) {
      const endpoints = touched.get(owner)
      if (endpoints) endpoints.add(endpoint)
      else touched.set(owner, new Set([endpoint]))
    },
    touchOwner(owner) {
      if (!touched.has(owner)) touched.set(owner, new Set())
    },
    keep(owner, count, bytes) {
      const sum = kept.get(owner) ?? { count: 0, bytes: 0 }
      kept.set(owner, { count: sum.count + count, bytes: sum.bytes + bytes })
    },
    isBehind(id, { owner, endpoint, orderKey }) {
      return (
        orderKey !== null && driver.get(OTHER_OF_LANE, owner, endpoint, orderKey, id) !== undefined
      )
    },
    release(lane) {
      const { owner, endpoint, orderKey } = lane
      if (orderKey !== null) {
        driver.run(LET_FIRST_GO, owner, endpoint, orderKey, owner, endpoint, orderKey)
      }
      this.touch(lane)
    },
    settle() {
      for (const [owner, endpoints] of touched) {
        for (const endpoint of endpoints) settleEndpoint(owner, endpoint)
        settleOwner(owner)
      }
      for (const [owner, { count, bytes }] of kept) {
        if (driver.count(KEEP, count, bytes, owner) > 0) continue
        driver.run(ADD_OWNER, owner)
        driver.run(KEEP, count, bytes, owner)
      }
      discard()
    },
    discard,
  }
}
