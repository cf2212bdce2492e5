import type { StoredDelivery } from '@ringback/sender'
import {
  type CountGroup,
  type CountGroups,
  createCountGroups,
  type HeldEndpoint,
  MOST_HELD,
  type StatsFilter,
  type StoredStats,
  selectGroups,
  sumGroups,
} from '@ringback/sender/store'
import { createStatement } from './conditions.ts'
import { createLateCounts } from './late-counts.ts'
import type { Place } from './query.ts'
import { BY_PLACE, createCountWriter, TOTAL } from './write-counts.ts'

/**
 * The counts of deliveries, attempts and latencies. They are written once a second, since a row for each delivery would
 * cost as much as the delivery, and when a sender stops: a process that is killed loses the counts of its last second.
 */
export interface Counts extends Pick<CountGroups, 'countEnd' | 'countAttempt'> {
  /** Counts a final delivery once the transaction that has stored it is committed. */
  countLater(delivery: StoredDelivery): void
  /** Writes what has waited for a second; never rejects. What is left then is written soon. */
  settle(): Promise<void>
  /** Writes all; never rejects. */
  flush(): Promise<void>
  read(filter: StatsFilter): Promise<StoredStats>
}

const INTERVAL = 1000
const MINUTE = 60_000
const LONGEST = 24 * 60 * MINUTE

/** Makes counts, with nothing to write yet. The time is that of the process, unless a clock was given. */
export function createCounts(place: Place): Counts {
  const { driver, s } = place
  const now = () => place.now() ?? Date.now()
  const waiting = createCountGroups()
  const writer = createCountWriter(place)
  const late = createLateCounts(place, waiting.countEnd)
  let writing: Promise<void> | undefined
  let writtenAt = Number.NEGATIVE_INFINITY
  let rolledUpAt = writtenAt
  let timer: ReturnType<typeof setTimeout> | undefined

  const write = async (groups: readonly CountGroup[]) => {
    try {
      await writer.write(groups)
    } catch {
      // the server is away: the counts wait for the next time
      for (const group of groups) waiting.add(group)
      return
    }
    const at = now()
    if (Math.floor(at / MINUTE) === Math.floor(rolledUpAt / MINUTE)) return
    rolledUpAt = at
    await writer.rollUp(at)
  }
  const writeSome = async () => {
    clearTimeout(timer)
    timer = undefined
    if (writing !== undefined || waiting.size === 0) return
    const groups = waiting.all()
    waiting.clear()
    writtenAt = now()
    writing = write(groups).finally(() => {
      writing = undefined
    })
    await writing
  }

  return {
    countEnd: waiting.countEnd,
    countAttempt: waiting.countAttempt,
    countLater: late.add,
    async settle() {
      await late.settle()
      if (waiting.size === 0) return
      if (now() - writtenAt >= INTERVAL) await writeSome()
      // it keeps the process, which may be about to end, for a second; a clock of a test's own says when
      else if (place.now() === null) timer ??= setTimeout(writeSome, INTERVAL)
    },
    async flush() {
      await late.settle()
      // what has been counted since that began
      await writing
      await writeSome()
    },
    async read(filter) {
      // what is being written would be counted twice
      await writing
      await late.settle()
      const { owner, callback, endpoint, since } = filter
      const isTotal = owner === undefined && endpoint === undefined
      const statement = createStatement()
      const where = statement.where([
        ['scope = ?', isTotal ? TOTAL : BY_PLACE],
        ['owner = ?', isTotal ? '' : owner],
        ['at > ?', since - LONGEST],
        ['at + length > ?', since],
        ['callback = ?', callback],
        ['endpoint = ?', endpoint],
      ])
      const [rows, now_, held] = await Promise.all([
        driver.run(
          `SELECT key AS name, sum(value::float8) AS n, min(at) AS at, min(length) AS length
          FROM (
            SELECT scope, owner, at, length, callback, endpoint, counts FROM ${s}.count
            UNION ALL
            SELECT scope, owner, at, length, callback, endpoint, counts::jsonb FROM ${s}.recent_count
          ) AS c CROSS JOIN LATERAL jsonb_each_text(counts) WHERE ${where}
          GROUP BY key${filter.every === undefined ? '' : ', at, length'}`,
          statement.values,
        ),
        readWaiting(place, filter),
        filter.held && readHeld(place, filter),
      ])
      const stored = rows.map(({ name, n, at, length }) => ({
        ...{ at: Number(at), length: Number(length), owner: '', callback: '', endpoint: '' },
        counts: new Map([[String(name), Number(n)]]),
      }))
      const counted = sumGroups([...stored, ...selectGroups(waiting, filter)], filter)
      return { ...counted, ...now_, ...(held && { held }) }
    },
  }
}

/** Counts the deliveries that wait now. */
async function readWaiting(
  { driver, s, now }: Place,
  { owner, callback, endpoint }: StatsFilter,
): Promise<Pick<StoredStats, 'waiting' | 'oldestDue'>> {
  const statement = createStatement()
  const at = `${s}.now_v1(${statement.bind(now())}::float8)`
  const where = statement.where([
    ['d.owner = ?', owner],
    ['d.endpoint = ?', endpoint],
    ['m.callback = ?', callback],
  ])
  const message = callback === undefined ? '' : `JOIN ${s}.message m ON m.id = d.id`
  const isHeld = 'coalesce(e.held_until, 0) > t.now'
  const [row] = await driver.run(
    `WITH t AS MATERIALIZED (SELECT ${at} AS now)
    SELECT count(*)::float8 AS n,
      (count(*) FILTER (WHERE d.state = 'sending'))::float8 AS sending,
      (count(*) FILTER (WHERE d.state = 'scheduled' AND ${isHeld}))::float8 AS parked,
      max(t.now - d.due_at) FILTER (WHERE d.state = 'scheduled' AND NOT d.waiting
        AND d.due_at <= t.now AND NOT ${isHeld}) AS oldest
    FROM t CROSS JOIN (
      SELECT id, owner, endpoint, due_at, waiting, 'scheduled' AS state FROM ${s}.queue
      UNION ALL SELECT id, owner, endpoint, NULL, false, 'sending' FROM ${s}.sending) AS d ${message}
    LEFT JOIN ${s}.endpoint e ON e.owner = d.owner AND e.endpoint = d.endpoint
    WHERE ${where}`,
    statement.values,
  )
  const [n, sending, parked] = [row?.n, row?.sending, row?.parked].map(Number)
  const waiting = { parked: parked ?? 0, sending: sending ?? 0 }
  const scheduled = (n ?? 0) - waiting.parked - waiting.sending
  const oldest = row?.oldest
  return {
    waiting: { scheduled, ...waiting },
    ...(typeof oldest === 'number' && { oldestDue: oldest }),
  }
}

/** Lists the endpoints that are held, and for which deliveries wait. */
async function readHeld(
  { driver, s, now }: Place,
  { owner, callback, endpoint }: StatsFilter,
): Promise<readonly HeldEndpoint[]> {
  const statement = createStatement()
  const at = `${s}.now_v1(${statement.bind(now())}::float8)`
  const where = statement.where([
    ['e.owner = ?', owner],
    ['e.endpoint = ?', endpoint],
    ['m.callback = ?', callback],
  ])
  const message = callback === undefined ? '' : `JOIN ${s}.message m ON m.id = d.id`
  const rows = await driver.run(
    `SELECT e.owner::text AS owner, e.endpoint::text AS endpoint, e.held_until,
      count(*)::float8 AS parked
    FROM ${s}.endpoint e
    JOIN ${s}.queue d ON d.owner = e.owner AND d.endpoint = e.endpoint ${message}
    WHERE e.held_until > ${at} AND ${where}
    GROUP BY e.owner, e.endpoint, e.held_until
    ORDER BY parked DESC, e.owner, e.endpoint LIMIT ${MOST_HELD}`,
    statement.values,
  )
  return rows.map((row) => ({
    owner: String(row.owner),
    endpoint: String(row.endpoint),
    heldUntil: Number(row.held_until),
    parked: Number(row.parked),
  }))
}
