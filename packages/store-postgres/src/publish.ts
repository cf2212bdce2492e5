import type {
  MessageRange,
  PublishResult,
  ReplayOptions,
  ReplayResult,
  StoredMessage,
} from '@ringback/sender'
import { HELD_FOREVER, isSameDelivery, publishedDelivery } from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import { toBase64 } from './entries.ts'
import type { Place } from './query.ts'
import { toStored } from './row.ts'

/** Gives a message as the JSON that `publish_v2` reads. */
export function writeMessage(message: StoredMessage, patterns: readonly string[]): string {
  const { createdAt, dueAt = createdAt, settings, payload } = message
  return JSON.stringify({
    id: message.id,
    owner: message.owner,
    operation_id: message.operationId,
    callback: message.callback,
    method: message.method,
    created_at: createdAt,
    // what is given is a delay, for which the clock of the server counts
    delay: dueAt - createdAt,
    expires_at: message.expiresAt,
    order_key: message.orderKey,
    dedupe_key: message.dedupeKey,
    settings: settings && JSON.stringify(settings),
    bytes: payload.byteLength,
    payload: toBase64(payload),
    detail: publishedDelivery(message).detail,
    patterns,
  })
}

/** Reads what became of a message that was to be stored. */
export async function toPublished(
  { driver, s }: Place,
  message: StoredMessage,
  row: PostgresRow | undefined,
): Promise<PublishResult> {
  const count = Number(row?.n ?? 0)
  const id = row?.known
  if (typeof id !== 'string') return { kind: 'stored', id: message.id, count }
  const [known] = await driver.run(
    `SELECT id, settings, payload FROM ${s}.publication WHERE id = $1`,
    [id],
  )
  // erased at this moment
  const isSame = known !== undefined && isSameDelivery(toContent(known), message)
  return { kind: isSame ? 'duplicate' : 'conflict', id, count }
}

/**
 * Stores a message whose deliveries are stored already, each with its payload, and gives them this one; `false` when there
 * are none, or the message is known.
 */
export async function adoptMessage({ driver, s }: Place, message: StoredMessage): Promise<boolean> {
  const { settings, payload } = message
  const [row] = await driver.run(
    `WITH i AS (
      INSERT INTO ${s}.publication (id, owner, operation_id, callback, method, created_at, order_key,
        dedupe_key, settings, bytes, payload)
      SELECT $1, $2, $3, $4, $5, $6::float8, $7, $8, $9, $10::int, decode($11, 'base64')
      WHERE EXISTS (SELECT 1 FROM ${s}.message WHERE id = $1 OR id > $1 || '_' AND id < $1 || '\`')
      ON CONFLICT DO NOTHING RETURNING id),
    u AS (
      UPDATE ${s}.message m SET content = i.id, payload = ''
      -- the ids of the deliveries have that of an endpoint behind
      FROM i WHERE m.owner = $2 AND (m.id = i.id OR m.id > i.id || '_' AND m.id < i.id || '\`'))
    SELECT count(*)::int AS n FROM i`,
    [
      ...[message.id, message.owner, message.operationId, message.callback, message.method],
      ...[message.createdAt, message.orderKey ?? null, message.dedupeKey ?? null],
      ...[settings ? JSON.stringify(settings) : null, payload.byteLength, toBase64(payload)],
    ],
  )
  return Number(row?.n) > 0
}

function toContent(row: PostgresRow) {
  const { payload, settings } = toStored(row)
  return { payload, ...(settings && { settings }) }
}

/** Lists the names of the webhooks that were published. */
export async function listCallbacks(
  { driver, s }: Place,
  { owner, since, until = HELD_FOREVER }: MessageRange,
): Promise<readonly string[]> {
  const rows = await driver.run(
    `SELECT DISTINCT callback FROM ${s}.publication
    WHERE owner = $1 AND created_at >= $2::float8 AND created_at < $3::float8`,
    [owner, since, until],
  )
  return rows.map(({ callback }) => String(callback))
}

/** Stores deliveries of messages that an endpoint never got. */
export async function replayMessages(
  { driver, s, now }: Place,
  { endpoint, owner, since, until = HELD_FOREVER, callbacks, limit }: ReplayOptions,
): Promise<ReplayResult> {
  const [row] = await driver.run(
    `SELECT * FROM ${s}.replay_v2($1::float8, $2, $3, $4::float8, $5::float8, $6::text::json, $7::int)`,
    [now(), endpoint, owner, since, until, JSON.stringify(callbacks), limit],
  )
  const count = Number(row?.n ?? 0)
  return { count, ...(count > 0 && count >= limit && { since: Number(row?.last) }) }
}
