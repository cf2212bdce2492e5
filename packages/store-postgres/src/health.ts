import {
  type EndpointHealth,
  judgeEndpoint,
  type ReceiverReport,
  WELL,
} from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import type { Place } from './query.ts'

/** A report on an endpoint, with its place in the batch. */
export interface Report {
  readonly n: number
  readonly report: ReceiverReport
  readonly isProbe: boolean
}

/** The reports on one endpoint, and its row as it was read with the commits. */
export interface Judgement {
  readonly row: PostgresRow
  readonly reports: readonly Report[]
  readonly now: number
}

// others change the same row at the same time; then what is counted is a little less
const MOST_TRIES = 5

/**
 * Counts reports for their endpoint, for all processes: the rule is applied here, and written unless another process was
 * first, after which it is applied again. Gives until when the endpoint is held, by the report that has led to that.
 */
export async function judge(
  { driver, s }: Place,
  { row, reports, now }: Judgement,
): Promise<ReadonlyMap<number, number>> {
  let current: PostgresRow | undefined = row
  for (let tries = 0; tries < MOST_TRIES && current; tries += 1) {
    const before = readHealth(current)
    const { health, held } = judgeAll(before, reports, now)
    if (health === before) return held
    const values = [String(row.owner), String(row.endpoint)]
    const [judged] = await driver.run(
      `SELECT ${s}.judge_v1($1, $2, $3::text::json, $4::text::json) AS is_done`,
      [...values, writeHealth(before), writeHealth(health)],
    )
    if (judged?.is_done === true) return held
    const [again] = await driver.run(
      `SELECT held_until, paced_until, health FROM ${s}.endpoint
      WHERE owner = $1 AND endpoint = $2`,
      values,
    )
    current = again
  }
  return new Map()
}

function judgeAll(before: EndpointHealth, reports: readonly Report[], now: number) {
  const held = new Map<number, number>()
  let health = before
  for (const { n, report, isProbe } of reports) {
    const next = judgeEndpoint(health, report, { isProbe, now })
    if (next.heldUntil !== undefined && next.heldUntil !== health.heldUntil) {
      held.set(n, next.heldUntil)
    }
    health = next
  }
  return { health, held }
}

function readHealth({ held_until, paced_until, health }: PostgresRow): EndpointHealth {
  const isWell = held_until === null && paced_until === null && health === null
  if (isWell) return WELL
  return {
    ...readCounts(health),
    ...(typeof held_until === 'number' && { heldUntil: held_until }),
    ...(typeof paced_until === 'number' && { pacedUntil: paced_until }),
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

/** Gives a health as `judge_v1` compares and writes it. */
function writeHealth({ heldUntil, pacedUntil, ...counts }: EndpointHealth): string {
  const text = Object.keys(counts).length === 0 ? null : JSON.stringify(counts)
  return JSON.stringify([heldUntil ?? null, pacedUntil ?? null, text])
}
