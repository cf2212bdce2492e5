import type { CommitResult } from '@ringback/sender'
import { toDelivery as showDelivery } from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import type { Commit } from './entries.ts'
import { judge, type Report } from './health.ts'
import type { Place } from './query.ts'

/** Reads what became of commits, and counts their reports for the endpoints. */
export async function settleCommits(
  place: Place,
  commits: readonly Commit[],
  rows: readonly PostgresRow[],
): Promise<readonly CommitResult[]> {
  const sorted = [...rows].sort((a, b) => Number(a.n) - Number(b.n))
  const held = await judgeEndpoints(place, commits, sorted)
  return commits.map((commit, n) => toResult(commit, sorted[n], held.get(n)))
}

async function judgeEndpoints(
  place: Place,
  commits: readonly Commit[],
  rows: readonly PostgresRow[],
): Promise<ReadonlyMap<number, number>> {
  const endpoints = new Map<string, { readonly row: PostgresRow; readonly reports: Report[] }>()
  for (const [n, row] of rows.entries()) {
    const { claimed, transition } = commits[n] ?? {}
    if (claimed?.endpoint === undefined || !transition?.receiver || row.result === 'lost') continue
    const key = `${row.endpoint} ${row.owner}`
    const known = endpoints.get(key) ?? { row, reports: [] }
    known.reports.push({ n, report: transition.receiver, isProbe: claimed.isProbe })
    endpoints.set(key, known)
  }
  const judged = [...endpoints.values()].map(({ row, reports }) =>
    // the commits stand, whatever becomes of the counts
    judge(place, { row, reports, now: Number(row.now_at) }).catch(() => new Map<number, number>()),
  )
  return new Map((await Promise.all(judged)).flatMap((one) => [...one]))
}

function toResult(
  { claimed, transition }: Commit,
  row: PostgresRow | undefined,
  heldUntil: number | undefined,
): CommitResult {
  if (row === undefined || row.result === 'lost') return { kind: 'lost' }
  const held = heldUntil !== undefined && { heldUntil }
  if (row.result === 'cancelled') {
    return { kind: 'cancelled', delivery: showDelivery(claimed, { state: 'cancelled' }), ...held }
  }
  const { delay = 0, receiver: _, ...change } = transition
  const isAgain = change.state === 'scheduled'
  const due = isAgain ? { dueAt: Number(row.now_at) + delay } : {}
  return { kind: 'done', delivery: showDelivery(claimed, { ...change, ...due }), ...held }
}
