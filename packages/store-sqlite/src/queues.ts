import type { DatabaseSync } from 'node:sqlite'
import type { EndpointChange } from '@ringback/sender'
import type { Row } from './row.ts'

/** The queues of endpoints, and the order of what has an order key. To be used in a transaction. */
export interface Queues {
  /** A delivery to an endpoint has become due at a time. */
  add(owner: string, endpoint: string, dueAt: number): void
  /** Whether an earlier delivery with the same order key is still to be sent. */
  isBehind(delivery: Row): boolean
  /** Something of an endpoint has changed. */
  refresh(owner: unknown, endpoint: unknown): void
  /** A delivery has ended: the next one with its order key is let go. */
  release(delivery: Row): void
  /** Holds an endpoint, slows it down, or neither. */
  set(owner: unknown, endpoint: unknown, change: EndpointChange): void
}

type Key = string

/** Prepares what keeps the queues. */
export function createQueues(database: DatabaseSync): Queues {
  // an endpoint that is ready already is left alone
  const add = database.prepare(`
    INSERT INTO ringback_endpoint (owner, endpoint, ready_at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET ready_at = max(excluded.ready_at, coalesce(held_until, 0))
    WHERE ready_at IS NULL OR ready_at > max(excluded.ready_at, coalesce(held_until, 0))`)
  const refresh = database.prepare(`
    UPDATE ringback_endpoint AS e SET ready_at = (
      SELECT max(d.due_at, coalesce(e.held_until, 0)) FROM ringback_delivery AS d
      WHERE d.owner = e.owner AND d.endpoint = e.endpoint AND d.state = 'scheduled' AND d.waiting = 0
      ORDER BY d.due_at LIMIT 1
    ) WHERE owner = ? AND endpoint = ?`)
  const behind = database.prepare(`
    SELECT 1 FROM ringback_delivery
    WHERE owner = ? AND endpoint = ? AND order_key = ? AND ended_at IS NULL AND id <> ? LIMIT 1`)
  const letGo = database.prepare(`
    UPDATE ringback_delivery SET waiting = 0 WHERE id = (
      SELECT id FROM ringback_delivery
      WHERE owner = ? AND endpoint = ? AND order_key = ? AND ended_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM ringback_delivery
        WHERE owner = ? AND endpoint = ? AND order_key = ? AND ended_at IS NULL AND waiting = 0
      ) ORDER BY id LIMIT 1)`)
  const set = database.prepare(
    'UPDATE ringback_endpoint SET held_until = ?, paced_until = ? WHERE owner = ? AND endpoint = ?',
  )

  const self: Queues = {
    add: (owner, endpoint, dueAt) => void add.run(owner, endpoint, dueAt),
    isBehind({ owner, endpoint, order_key: key, id }) {
      if (key === null || key === undefined) return false
      return behind.get(owner as Key, endpoint as Key, key as Key, id as Key) !== undefined
    },
    refresh: (owner, endpoint) => void refresh.run(owner as Key, endpoint as Key),
    release({ owner, endpoint, order_key: key }) {
      if (key !== null) {
        const lane = [owner as Key, endpoint as Key, key as Key] as const
        letGo.run(...lane, ...lane)
      }
      self.refresh(owner, endpoint)
    },
    set(owner, endpoint, { heldUntil = null, pacedUntil = null }) {
      set.run(heldUntil, pacedUntil, owner as Key, endpoint as Key)
      self.refresh(owner, endpoint)
    },
  }
  return self
}
