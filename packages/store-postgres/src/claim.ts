import type { ClaimedDelivery, ClaimOptions, ClaimResult, RequestLimits } from '@ringback/sender'
import { EXPIRED, HELD_FOREVER, LOST, MOST_LOST_LEASES } from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import type { NamedStatement } from './named-calls.ts'
import type { Place } from './query.ts'
import { toClaimed, toDelivery } from './row.ts'
import { COMMIT_COLUMNS } from './schema/commit-function.ts'

/** What a claim gives, and what became of the commits that it took along. */
export interface Claimed {
  readonly result: ClaimResult
  readonly committed: readonly PostgresRow[]
}

const NO_COMMITS = COMMIT_COLUMNS.map(() => null)
const NO_LIMITS: RequestLimits = { endpoint: {} }
const ENDS = JSON.stringify({ lost: LOST, expired: EXPIRED })

/** Commits, ends what is over, and claims what is due, in one statement. */
export async function claimDeliveries(
  { driver, now }: Place,
  { limit, lease, limits = NO_LIMITS }: ClaimOptions,
  { call, ended }: { readonly call: NamedStatement; readonly ended: readonly string[] | null },
): Promise<Claimed> {
  const { endpoint, owner = {}, pace } = limits
  const rows = await driver.run(
    call.text,
    [
      now(),
      limit,
      lease,
      endpoint.concurrency ?? null,
      rateOf(endpoint.rate),
      owner.concurrency ?? null,
      rateOf(owner.rate),
      pace ?? null,
      MOST_LOST_LEASES,
      ENDS,
      ...(ended ?? NO_COMMITS),
    ],
    call.name,
  )
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  const next = of('end')[0]?.next_in
  const deliveries = of('claimed')
    .sort((a, b) => Number(a.n) - Number(b.n))
    .map(toClaimed)
    .filter((one): one is ClaimedDelivery => one !== undefined)
  return {
    result: {
      deliveries,
      swept: of('swept').map(toDelivery),
      // nothing is due that is parked at a disabled endpoint
      ...(typeof next === 'number' && next < HELD_FOREVER / 2 && { nextIn: next }),
    },
    // written by row_to_json
    committed: of('committed').map(({ settings }): PostgresRow => JSON.parse(String(settings))),
  }
}

function rateOf(rate: number | undefined): number | null {
  return rate === undefined || !Number.isFinite(rate) ? null : rate
}
