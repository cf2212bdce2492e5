import type { DatabaseSync } from 'node:sqlite'
import type {
  ClaimedDelivery,
  ClaimOptions,
  ClaimResult,
  RequestLimit,
  RequestLimits,
} from '@ringback/sender'
import { allowance } from './allowance.ts'
import type { Queues } from './queues.ts'
import { type Row, toClaimed } from './row.ts'

const PAGE = 100
const NO_LIMIT: RequestLimits = { endpoint: {} }
const FIRST: readonly [readyAt: number, owner: string, endpoint: string] = [
  Number.MIN_SAFE_INTEGER,
  '',
  '',
]

/** Claims deliveries. */
export interface Claiming {
  /** The claim, where no endpoint has anything due. */
  ifNone(now: number): ClaimResult | undefined
  /** Claims what there is, in a transaction. */
  claim(options: ClaimOptions, now: number): ClaimResult
}

/** Prepares the claim: endpoints in the order in which they became ready, and of each what its limits allow. */
export function createClaiming(database: DatabaseSync, queues: Queues): Claiming {
  const readyAfter = database.prepare(`
    SELECT * FROM ringback_endpoint
    WHERE ready_at <= ? AND (ready_at, owner, endpoint) > (?, ?, ?)
    ORDER BY ready_at, owner, endpoint LIMIT ${PAGE}`)
  const sendingTo = database.prepare(
    "SELECT count(*) AS n FROM ringback_delivery WHERE owner = ? AND endpoint = ? AND state = 'sending'",
  )
  const sendingFor = database.prepare(
    "SELECT count(*) AS n FROM ringback_delivery WHERE owner = ? AND state = 'sending'",
  )
  const ownerOf = database.prepare('SELECT used_up_to FROM ringback_owner WHERE owner = ?')
  const useOwner = database.prepare('INSERT OR REPLACE INTO ringback_owner VALUES (?, ?)')
  const useEndpoint = database.prepare(`
    UPDATE ringback_endpoint SET used_up_to = ?, held_until = ? WHERE owner = ? AND endpoint = ?`)
  const wait = database.prepare(
    'UPDATE ringback_endpoint SET ready_at = max(ready_at, ?) WHERE owner = ? AND endpoint = ?',
  )
  // two walks over the start of a queue cost less than one that returns what it changes
  const due = database.prepare(`
    SELECT * FROM ringback_delivery INDEXED BY ringback_delivery_queue
    WHERE owner = ? AND endpoint = ? AND state = 'scheduled' AND waiting = 0 AND due_at <= ?
    ORDER BY due_at, id LIMIT ?`)
  const take = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_queue
    SET state = 'sending', reason = NULL, detail = NULL, lease = lease + 1, lease_ends_at = ?
    WHERE owner = ? AND endpoint = ? AND state = 'scheduled' AND waiting = 0
      AND (due_at, id) <= (?, ?)`)
  const next = database.prepare(
    'SELECT min(ready_at) AS at FROM ringback_endpoint WHERE ready_at > ?',
  )

  const claimFrom = (row: Row, options: ClaimOptions, now: number): readonly ClaimedDelivery[] => {
    const { limit, lease, limits = NO_LIMIT } = options
    const owner = String(row.owner)
    const endpoint = String(row.endpoint)
    const isProbe = row.held_until !== null
    const isPaced = row.paced_until !== null && Number(row.paced_until) > now
    const toEndpoint = isPaced ? slower(limits.endpoint, limits.pace) : limits.endpoint
    const ownRoom = roomOf(toEndpoint, {
      sending: () => Number(sendingTo.get(owner, endpoint)?.n),
      usedUpTo: () => Number(row.used_up_to),
      now,
    })
    const ownersRoom = roomOf(limits.owner ?? {}, {
      sending: () => Number(sendingFor.get(owner)?.n),
      usedUpTo: () => Number(ownerOf.get(owner)?.used_up_to ?? 0),
      now,
    })

    const most = Math.min(limit, ownRoom.count, ownersRoom.count, isProbe ? 1 : limit)
    const taken = most > 0 ? due.all(owner, endpoint, now, most) : []
    const last = taken.at(-1)
    if (last) take.run(now + lease, owner, endpoint, Number(last.due_at), String(last.id))
    const held = row.held_until === null ? null : Number(row.held_until)
    // the others wait for what comes of the probe
    const heldUntil = isProbe && taken.length > 0 ? now + lease : held
    if (isProbe || ownRoom.isRated) {
      useEndpoint.run(ownRoom.after(taken.length), heldUntil, owner, endpoint)
    }
    if (ownersRoom.isRated) useOwner.run(owner, ownersRoom.after(taken.length))
    queues.refresh(owner, endpoint)
    const nextAt = Math.max(ownRoom.nextAt, ownersRoom.nextAt)
    if (nextAt > now) wait.run(nextAt, owner, endpoint)

    return taken.flatMap((one) => {
      try {
        return [toClaimed(one, isProbe)]
      } catch {
        return [] // nobody sends it, so that its leases end until it is dead(internal)
      }
    })
  }

  const claimOf = (deliveries: readonly ClaimedDelivery[], after: number): ClaimResult => {
    const at = next.get(after)?.at
    return { deliveries, ...(typeof at === 'number' && { nextDueAt: at }) }
  }

  return {
    ifNone: (now) => (readyAfter.get(now, ...FIRST) ? undefined : claimOf([], now)),
    claim(options, now) {
      const deliveries: ClaimedDelivery[] = []
      let last = FIRST
      const claimPage = (page: readonly Row[]) => {
        for (const row of page) {
          const limit = options.limit - deliveries.length
          if (limit === 0) return false
          deliveries.push(...claimFrom(row, { ...options, limit }, now))
          last = [Number(row.ready_at), String(row.owner), String(row.endpoint)]
        }
        return page.length === PAGE
      }
      while (claimPage(readyAfter.all(now, ...last)));
      const isMore = deliveries.length === options.limit
      return claimOf(deliveries, isMore ? Number.MIN_SAFE_INTEGER : now)
    },
  }
}

function slower(limit: RequestLimit, pace = Number.POSITIVE_INFINITY): RequestLimit {
  return { ...limit, rate: Math.min(pace, limit.rate ?? pace) }
}

/** How many more requests a limit allows now; what is not limited is not counted. */
function roomOf(
  { concurrency, rate }: RequestLimit,
  flow: { readonly sending: () => number; readonly usedUpTo: () => number; readonly now: number },
) {
  const free =
    concurrency === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, concurrency - flow.sending())
  const usedUpTo = flow.usedUpTo()
  if (rate === undefined || !Number.isFinite(rate)) {
    return { count: free, isRated: false, nextAt: 0, after: () => usedUpTo }
  }
  const { count, nextAt, after } = allowance(rate, usedUpTo, flow.now)
  return { count: Math.min(free, count), isRated: true, nextAt: count === 0 ? nextAt : 0, after }
}
