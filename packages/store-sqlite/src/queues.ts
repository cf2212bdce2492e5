import type { DatabaseSync } from 'node:sqlite'
import type { EndpointChange } from '@ringback/sender'
import type { EndpointKey, Lane } from './lane.ts'

/** The queues of endpoints and the order of deliveries with an order key, in a transaction. */
export interface Queues {
  /** Adds a delivery that is due at a time to the queue of its endpoint. */
  add(endpoint: EndpointKey, dueAt: number): void
  /** Whether an earlier delivery of the lane is still to be sent. */
  isBehind(id: string, lane: Lane): boolean
  /** Recomputes when the endpoint is ready, after a change of its deliveries. */
  refresh(endpoint: EndpointKey): void
  /** Lets the next delivery of a lane go, after one has ended. */
  release(lane: Lane): void
  /** Holds an endpoint, slows it down, or ends both. */
  change(endpoint: EndpointKey, change: EndpointChange): void
}

/** Prepares the statements on the queues. */
export function prepareQueues(database: DatabaseSync): Queues {
  // an endpoint that is ready already is left alone
  const insert = database.prepare(`
    INSERT INTO ringback_endpoint (owner, endpoint, ready_at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET ready_at = max(excluded.ready_at, coalesce(held_until, 0))
    WHERE ready_at IS NULL OR ready_at > max(excluded.ready_at, coalesce(held_until, 0))`)
  const updateReadiness = database.prepare(`
    UPDATE ringback_endpoint AS e SET ready_at = (
      SELECT max(d.due_at, coalesce(e.held_until, 0)) FROM ringback_delivery AS d
      WHERE d.owner = e.owner AND d.endpoint = e.endpoint AND d.state = 'scheduled' AND d.waiting = 0
      ORDER BY d.due_at LIMIT 1
    ) WHERE owner = ? AND endpoint = ?`)
  const selectOther = database.prepare(`
    SELECT 1 FROM ringback_delivery
    WHERE owner = ? AND endpoint = ? AND order_key = ? AND ended_at IS NULL AND id <> ? LIMIT 1`)
  const letFirstGo = database.prepare(`
    UPDATE ringback_delivery SET waiting = 0 WHERE id = (
      SELECT id FROM ringback_delivery
      WHERE owner = ? AND endpoint = ? AND order_key = ? AND ended_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM ringback_delivery
        WHERE owner = ? AND endpoint = ? AND order_key = ? AND ended_at IS NULL AND waiting = 0
      ) ORDER BY id LIMIT 1)`)
  const updateHold = database.prepare(
    'UPDATE ringback_endpoint SET held_until = ?, paced_until = ? WHERE owner = ? AND endpoint = ?',
  )

  const refresh = ({ owner, endpoint }: EndpointKey) => void updateReadiness.run(owner, endpoint)
  return {
    refresh,
    add: ({ owner, endpoint }, dueAt) => void insert.run(owner, endpoint, dueAt),
    isBehind(id, { owner, endpoint, orderKey }) {
      return orderKey !== null && selectOther.get(owner, endpoint, orderKey, id) !== undefined
    },
    release(lane) {
      const { owner, endpoint, orderKey } = lane
      if (orderKey !== null) {
        letFirstGo.run(owner, endpoint, orderKey, owner, endpoint, orderKey)
      }
      refresh(lane)
    },
    change(key, { heldUntil = null, pacedUntil = null }) {
      updateHold.run(heldUntil, pacedUntil, key.owner, key.endpoint)
      refresh(key)
    },
  }
}
