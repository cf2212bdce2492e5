import {
  type CountGroup,
  type CountGroups,
  createCountGroups,
  rollUpsAt,
  type StatsFilter,
  selectGroups,
  sumGroups,
} from '@ringback/sender/store'
import { condition, joinConditions } from './conditions.ts'
import type { SqlDriver } from './sql-driver.ts'

/**
 * The counts of deliveries, attempts and latencies. They are written once a second, since a row for each delivery would
 * cost as much as the delivery: a process that is killed loses the counts of its last second.
 */
export interface Counts extends Pick<CountGroups, 'countEnd' | 'countAttempt'> {
  /** Whether something has waited long enough to be written. */
  isDue(now: number): boolean
  /** Writes what has waited long enough, before the transaction ends. */
  settle(now: number): void
  /** Writes what this transaction has counted, where it is the caller's. */
  settleNow(): void
  /** Says that the transaction was committed. */
  keep(): void
  /** Forgets what was counted in a transaction that was rolled back. */
  discard(): void
  /** Lets the next transaction write everything; gives whether there is something. */
  hurry(): boolean
  read(filter: StatsFilter): ReturnType<typeof sumGroups>
}

const INTERVAL = 1000
// a transaction must not take long, whatever number of endpoints strangers make up
const MOST_GROUPS = 500
const MOST_ROLLED_UP = 2000
const LONGEST = 24 * 60 * 60_000
const TOTAL = 0
const BY_PLACE = 1
const ADD = `
  INSERT INTO ringback_count (scope, owner, at, length, callback, endpoint, name, n)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET n = n + excluded.n`
const OLDEST = 'SELECT min(at) AS at FROM ringback_count WHERE length = ?'
const ROLL_UP = `
  INSERT INTO ringback_count (scope, owner, at, length, callback, endpoint, name, n)
  SELECT scope, owner, ?, ?, callback, endpoint, name, n FROM ringback_count
  WHERE length = ? AND at = ?
  ON CONFLICT DO UPDATE SET n = n + excluded.n`
const DROP = 'DELETE FROM ringback_count WHERE length = ? AND at = ?'

/** Makes counts, with nothing to write yet. */
export function createCounts(driver: SqlDriver): Counts {
  // of this transaction, and of those that were committed
  const current = createCountGroups()
  const waiting = createCountGroups()
  let written: CountGroup[] = []
  let writtenAt = Number.NEGATIVE_INFINITY
  let writingAt = writtenAt

  const write = (group: CountGroup, scope: typeof TOTAL | typeof BY_PLACE) => {
    const { at, length, callback } = group
    const [owner, endpoint] = scope === TOTAL ? ['', ''] : [group.owner, group.endpoint]
    for (const [name, n] of group.counts) {
      driver.run(ADD, scope, owner, at, length, callback, endpoint, name, n)
    }
  }
  const writeAll = (groups: readonly CountGroup[]) => {
    const totals = createCountGroups()
    for (const group of groups) {
      write(group, BY_PLACE)
      totals.add({ ...group, owner: '', endpoint: '' })
    }
    // what is asked for most often is read from few rows
    for (const group of totals.all()) write(group, TOTAL)
  }
  /** Adds what is old to longer spans, one span after the other. */
  const rollUp = (now: number) => {
    let moved = 0
    for (const { length, before, to } of rollUpsAt(now)) {
      while (moved < MOST_ROLLED_UP) {
        const at = driver.get(OLDEST, length)?.at
        if (typeof at !== 'number' || at >= before) break
        if (to !== undefined) driver.run(ROLL_UP, at - (at % to), to, length, at)
        moved += driver.count(DROP, length, at)
      }
    }
  }

  return {
    countEnd: current.countEnd,
    countAttempt: current.countAttempt,
    isDue: (now) => waiting.size > 0 && now - writtenAt >= INTERVAL,
    settle(now) {
      written = []
      if (now - writtenAt < INTERVAL || waiting.size + current.size === 0) return
      // the oldest first; the rest is written the next time
      written = [...waiting.all(), ...current.all()].slice(0, MOST_GROUPS)
      writeAll(written)
      rollUp(now)
      writingAt = now
    },
    settleNow() {
      writeAll(current.all())
      current.clear()
    },
    keep() {
      if (written.length > 0) {
        const isWritten = new Set(written)
        for (const group of waiting.all()) if (isWritten.has(group)) waiting.remove(group)
        for (const group of current.all()) if (isWritten.has(group)) current.remove(group)
        writtenAt = writingAt
        written = []
      }
      if (current.size === 0) return
      for (const group of current.all()) waiting.add(group)
      current.clear()
    },
    discard() {
      written = []
      current.clear()
    },
    hurry() {
      if (waiting.size === 0) return false
      writtenAt = Number.NEGATIVE_INFINITY
      return true
    },
    read(filter) {
      const { owner, callback, endpoint, since } = filter
      const isTotal = owner === undefined && endpoint === undefined
      const where = joinConditions([
        condition('scope = ?', isTotal ? TOTAL : BY_PLACE),
        condition('owner = ?', isTotal ? '' : owner),
        condition('at > ?', since - LONGEST),
        condition('at + length > ?', since),
        condition('callback = ?', callback),
        condition('endpoint = ?', endpoint),
      ])
      const rows = driver.all(
        `SELECT name, sum(n) AS n, min(at) AS at, min(length) AS length FROM ringback_count
        WHERE ${where.sql} GROUP BY name${filter.every === undefined ? '' : ', at, length'}`,
        ...where.values,
      )
      const stored = rows.map(({ name, n, at, length }) => ({
        ...{ at: Number(at), length: Number(length), owner: '', callback: '', endpoint: '' },
        counts: new Map([[String(name), Number(n)]]),
      }))
      return sumGroups([...stored, ...selectGroups(waiting, filter)], filter)
    },
  }
}
