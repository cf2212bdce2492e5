import type { CommitResult } from '@ringback/sender'
import { toDelivery as showDelivery } from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import type { Commit } from './entries.ts'
import { judge, type Report } from './health.ts'
import type { Place } from './query.ts'
import { COMMIT_COLUMNS } from './schema/commit-function.ts'

/** Gives the placeholders of what `writeCommits` gives, from this number on. */
export function bindCommits(first: number): string {
  // through text, so that no driver writes an array of its own
  return COMMIT_COLUMNS.map(([, type], n) => `$${first + n}::text::${type}[]`).join(', ')
}

/** Reads what became of commits, and counts their reports for the endpoints. */
export async function settleCommits(
  place: Place,
  commits: readonly Commit[],
  rows: readonly PostgresRow[],
): Promise<readonly CommitResult[]> {
  const exceptions = new Map(rows.map(({ n, result }) => [n, result]))
  const results = commits.map((_, n) => exceptions.get(n + 1) ?? 'done')
  const now = Number(rows.find(({ result }) => result === 'now')?.now_at)
  const held = await judgeEndpoints(place, { commits, results, rows, now })
  return commits.map((commit, n) =>
    toResult(commit, { result: results[n], now, heldUntil: held.get(n) }),
  )
}

interface Settled {
  readonly commits: readonly Commit[]
  readonly results: readonly unknown[]
  readonly rows: readonly PostgresRow[]
  readonly now: number
}

interface Judged {
  readonly row: PostgresRow
  readonly reports: Report[]
}

async function judgeEndpoints(
  place: Place,
  { commits, results, rows, now }: Settled,
): Promise<ReadonlyMap<number, number>> {
  // those that are not here are well
  const known = new Map(rows.map((row) => [keyOf(row), row]))
  const endpoints = new Map<string, Judged>()
  for (const [n, { claimed, transition }] of commits.entries()) {
    const { owner, endpoint, isProbe } = claimed
    if (endpoint === undefined || !transition.receiver || results[n] === 'lost') continue
    const key = keyOf({ owner, endpoint })
    const well = { owner, endpoint, held_until: null, paced_until: null, health: null }
    const judged: Judged = endpoints.get(key) ?? { row: known.get(key) ?? well, reports: [] }
    judged.reports.push({ n, report: transition.receiver, isProbe })
    endpoints.set(key, judged)
  }
  const judged = [...endpoints.values()].map(({ row, reports }) =>
    // the commits stand, whatever becomes of the counts
    judge(place, { row, reports, now }).catch(() => new Map<number, number>()),
  )
  return new Map((await Promise.all(judged)).flatMap((one) => [...one]))
}

function keyOf({ owner, endpoint }: PostgresRow): string {
  return `${endpoint} ${owner}`
}

function toResult(
  { claimed, transition }: Commit,
  {
    result,
    now,
    heldUntil,
  }: {
    readonly result: unknown
    readonly now: number
    readonly heldUntil: number | undefined
  },
): CommitResult {
  if (result === 'lost') return { kind: 'lost' }
  const held = heldUntil !== undefined && { heldUntil }
  if (result === 'cancelled') {
    return { kind: 'cancelled', delivery: showDelivery(claimed, { state: 'cancelled' }), ...held }
  }
  const { delay = 0, receiver: _, ...change } = transition
  const due = change.state === 'scheduled' ? { dueAt: now + delay } : {}
  return { kind: 'done', delivery: showDelivery(claimed, { ...change, ...due }), ...held }
}
