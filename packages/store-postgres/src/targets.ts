import type {
  ClaimedDelivery,
  CommitResult,
  DeliveryTarget,
  DisabledReason,
} from '@ringback/sender'
import {
  ENDPOINT_PREFIX,
  HELD_FOREVER,
  judgeEndpointFailures,
  readJson,
} from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import type { Commit } from './entries.ts'
import type { Place } from './query.ts'
import { readPayload } from './row.ts'

/**
 * Gives claimed deliveries with the targets of registered endpoints, and with the payloads that several share: nothing
 * more is read where there are none.
 */
export async function addTargets(
  { driver, s }: Place,
  deliveries: readonly ClaimedDelivery[],
): Promise<readonly ClaimedDelivery[]> {
  const registered = deliveries.filter(({ endpoint }) => endpoint?.startsWith(ENDPOINT_PREFIX))
  if (registered.length === 0) return deliveries
  const ids = (values: readonly (string | undefined)[]) => JSON.stringify([...new Set(values)])
  const array = 'ARRAY(SELECT json_array_elements_text($1::text::json))'
  const [subscriptions, contents] = await Promise.all([
    driver.run(
      `SELECT id, url, keys, sealed_headers FROM ${s}.subscription WHERE id = ANY (${array})`,
      [ids(registered.map(({ endpoint }) => endpoint))],
    ),
    driver.run(
      `SELECT p.id, p.payload, array_to_json(array_agg(m.id))::text AS deliveries
      FROM ${s}.message m JOIN ${s}.publication p ON p.id = m.content
      WHERE m.id = ANY (${array}) GROUP BY p.id`,
      [ids(registered.map(({ id }) => id))],
    ),
  ])
  const targets = new Map(subscriptions.map((row) => [String(row.id), readTarget(row)]))
  const payloads = new Map(
    contents.flatMap((row) => {
      const payload = readPayload(row)
      // written by array_to_json
      return (readJson(row.deliveries) as readonly string[]).map((id) => [id, payload] as const)
    }),
  )
  return deliveries.flatMap((delivery) => {
    const { id, endpoint = '' } = delivery
    if (!endpoint.startsWith(ENDPOINT_PREFIX)) return [delivery]
    const target = targets.get(endpoint)
    // not sent, so that its leases end until it is dead
    if (target === 'damaged') return []
    const payload = payloads.get(id) ?? delivery.payload
    return [{ ...delivery, payload, ...(target && { target }) }]
  })
}

function readTarget(row: PostgresRow): DeliveryTarget | 'damaged' {
  const keys = readJson(row.keys)
  const { id, url, sealed_headers: sealed } = row
  if (!Array.isArray(keys) || keys.length === 0 || !URL.canParse(String(url))) return 'damaged'
  const sealedHeaders = typeof sealed === 'string' && { sealedHeaders: sealed }
  return { id: String(id), url: String(url), keys, ...sealedHeaders }
}

/** Counts the attempts of registered endpoints, and gives the results with what that has disabled. */
export async function countFailures(
  { driver, s, now }: Place,
  commits: readonly Commit[],
  results: readonly CommitResult[],
): Promise<readonly CommitResult[]> {
  const ids = new Set<string>()
  for (const [n, { claimed }] of commits.entries()) {
    if (claimed.target && results[n]?.kind !== 'lost') ids.add(claimed.target.id)
  }
  if (ids.size === 0) return results
  const rows = await driver.run(
    `SELECT id, failing_since, ${s}.now_v1($2::float8) AS now_at FROM ${s}.subscription
    WHERE id = ANY (ARRAY(SELECT json_array_elements_text($1::text::json))) AND reason IS NULL`,
    [JSON.stringify([...ids]), now()],
  )
  const known = new Map(rows.map((row) => [String(row.id), row]))
  const counted: CommitResult[] = []
  for (const [n, { claimed, transition }] of commits.entries()) {
    const result = results[n] ?? { kind: 'lost' }
    const row = claimed.target && known.get(claimed.target.id)
    const since = typeof row?.failing_since === 'number' ? row.failing_since : undefined
    const judged =
      row && result.kind !== 'lost'
        ? judgeEndpointFailures(since, transition, Number(row.now_at))
        : undefined
    if (row === undefined || judged === undefined || result.kind === 'lost') {
      counted.push(result)
      continue
    }
    const { failingSince, disabled } = judged
    known.set(String(row.id), { ...row, failing_since: failingSince ?? null })
    await write(String(row.id), failingSince, disabled)
    // nothing more is counted for it
    if (disabled) known.delete(String(row.id))
    counted.push(disabled ? { ...result, disabled } : result)
  }
  return counted

  async function write(
    id: string,
    since: number | undefined,
    disabled: DisabledReason | undefined,
  ) {
    await driver.run(
      `WITH u AS (
        UPDATE ${s}.subscription SET failing_since = $2::float8, reason = $3
        WHERE id = $1 AND reason IS NULL RETURNING owner, id),
      e AS (
        UPDATE ${s}.endpoint x SET held_until = ${HELD_FOREVER}, paced_until = NULL, health = NULL
        FROM u WHERE $3::text IS NOT NULL AND x.owner = u.owner AND x.endpoint = u.id)
      INSERT INTO ${s}.signal (owner, endpoint) SELECT owner, id FROM u WHERE $3::text IS NOT NULL`,
      [id, since ?? null, disabled ?? null],
    )
  }
}
