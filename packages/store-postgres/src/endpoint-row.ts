import type { StoredEndpoint } from '@ringback/sender'
import { withoutNulls } from '@ringback/sender/store'
import type { PostgresRow, PostgresValue } from './driver.ts'

/** The columns of a registered endpoint, in the order of `writeEndpoint`. */
export const ENDPOINT_COLUMNS = [
  'id',
  'owner',
  'external_id',
  'url',
  'events',
  'reason',
  'failing_since',
  'keys',
  'sealed_headers',
  'details',
  'created_at',
  'updated_at',
] as const

/** Gives the values of the columns of an endpoint. */
export function writeEndpoint(endpoint: StoredEndpoint): PostgresValue[] {
  const { description, metadata, headerNames, limits } = endpoint
  return [
    endpoint.id,
    endpoint.owner,
    endpoint.externalId ?? null,
    endpoint.url,
    JSON.stringify(endpoint.events),
    endpoint.disabledReason ?? (endpoint.state === 'disabled' ? 'application' : null),
    endpoint.failingSince ?? null,
    JSON.stringify(endpoint.keys),
    endpoint.sealedHeaders ?? null,
    JSON.stringify({ description, metadata, headerNames, limits }),
    endpoint.createdAt,
    endpoint.updatedAt,
  ]
}

/** Reads an endpoint; `undefined` when another program has changed it so that it cannot be read. */
export function readEndpoint(row: PostgresRow): StoredEndpoint | undefined {
  const keys = readJson(row.keys)
  const details = readJson(row.details)
  if (!Array.isArray(keys) || keys.length === 0) return undefined
  if (typeof details !== 'object' || details === null) return undefined
  const { description, metadata, headerNames, limits } = details as Partial<StoredEndpoint>
  return withoutNulls<StoredEndpoint>({
    id: row.id,
    owner: row.owner,
    externalId: row.external_id,
    url: row.url,
    events: readJson(row.events),
    description,
    metadata,
    headerNames,
    sealedHeaders: row.sealed_headers,
    limits,
    keys,
    state: row.reason === null ? 'enabled' : 'disabled',
    disabledReason: row.reason,
    failingSince: row.failing_since,
    heldUntil: row.held_until,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })
}

/** Reads JSON; `undefined` for what is none. */
export function readJson(stored: unknown): unknown {
  try {
    return JSON.parse(String(stored))
  } catch {
    return undefined
  }
}
