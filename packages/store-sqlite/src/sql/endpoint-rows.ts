import {
  type EndpointHealth,
  HELD_FOREVER,
  judgeEndpoint,
  type ReceiverReport,
  WELL,
} from '@ringback/sender/store'
import { readTime } from './damage.ts'
import type { EndpointKey, Queues } from './queues.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

/** The health of endpoints, for all processes that share the tables. */
export interface EndpointRows {
  /** Counts a report for its endpoint; gives until when the endpoint is held, when the report has led to that. */
  judge(
    endpoint: EndpointKey,
    report: ReceiverReport,
    options: { readonly isProbe: boolean; readonly now: number },
  ): number | undefined
  /** Reads the health of the endpoint in a row. */
  read(row: SqlRow): EndpointHealth
  /** Ends a hold: the next delivery is a probe. */
  endHold(endpoint: EndpointKey, now: number): void
}

const SELECT = `
  SELECT owner, endpoint, held_until, paced_until, health FROM ringback_endpoint
  WHERE owner = ? AND endpoint = ?`
const UPDATE = `
  UPDATE ringback_endpoint SET held_until = ?, paced_until = ?, health = ?
  WHERE owner = ? AND endpoint = ?`
// a redrive does not enable an endpoint
const END_HOLD = `
  UPDATE ringback_endpoint SET held_until = ?
  WHERE owner = ? AND endpoint = ? AND held_until > ? AND held_until < ${HELD_FOREVER}`

const MANY = 10_000

/** Prepares the health of endpoints. */
export function createEndpointRows(driver: SqlDriver, queues: Queues): EndpointRows {
  // those that were not well when they were last read: success of any other need not be counted
  const ailing = new Set<string>()
  const keyOf = ({ owner, endpoint }: EndpointKey) => `${endpoint} ${owner}`

  const read = (row: SqlRow): EndpointHealth => {
    const { held_until: held, paced_until: paced, health } = row
    const key = keyOf({ owner: String(row.owner), endpoint: String(row.endpoint) })
    if (held === null && paced === null && health === null) {
      ailing.delete(key)
      return WELL
    }
    if (ailing.size > MANY) ailing.clear()
    ailing.add(key)
    const [heldUntil, pacedUntil] = [readTime(held), readTime(paced)]
    return {
      ...readCounts(health),
      ...(heldUntil !== undefined && { heldUntil }),
      ...(pacedUntil !== undefined && { pacedUntil }),
    }
  }

  return {
    read,
    judge(key, report, options) {
      const isKnownWell = report.verdict === 'well' && !options.isProbe && !ailing.has(keyOf(key))
      if (isKnownWell) return undefined
      const row = driver.get(SELECT, key.owner, key.endpoint)
      if (row === undefined) return undefined
      const before = read(row)
      const health = judgeEndpoint(before, report, options)
      if (health === before) return undefined
      const { heldUntil, pacedUntil, ...counts } = health
      const json = Object.keys(counts).length === 0 ? null : JSON.stringify(counts)
      driver.run(UPDATE, heldUntil ?? null, pacedUntil ?? null, json, key.owner, key.endpoint)
      ailing.add(keyOf(key))
      if (heldUntil === before.heldUntil) return undefined
      queues.touch(key)
      return heldUntil
    },
    endHold(key, now) {
      driver.run(END_HOLD, now, key.owner, key.endpoint, now)
      queues.touch(key)
    },
  }
}

/** Counts that cannot be read begin again. */
function readCounts(stored: unknown): EndpointHealth {
  if (typeof stored !== 'string') return WELL
  try {
    const { coolDown, minutes }: EndpointHealth = JSON.parse(stored)
    return {
      ...(typeof coolDown === 'number' && { coolDown }),
      ...(Array.isArray(minutes) && { minutes }),
    }
  } catch {
    return WELL
  }
}
