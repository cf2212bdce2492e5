import type { StoredEndpoint } from './stored-endpoint.ts'
import { withoutNulls } from './without-nulls.ts'

/** The columns of a registered endpoint in SQL, in the order of `writeEndpointRow`; lists and records are JSON. */
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

// of a Date
const LATEST = 8.64e15

/** Gives the values of the columns of an endpoint. */
export function writeEndpointRow(endpoint: StoredEndpoint): readonly (string | number | null)[] {
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

/**
 * Reads an endpoint, with `held_until` where the row has it; `undefined` when another program has changed it so that it
 * cannot be read.
 */
export function readEndpointRow(
  row: Readonly<Record<string, unknown>>,
): StoredEndpoint | undefined {
  const events = readJson(row.events)
  const keys = readJson(row.keys)
  const details = readJson(row.details)
  if (!Array.isArray(events) || !Array.isArray(keys) || keys.length === 0) return undefined
  if (typeof details !== 'object' || details === null || typeof row.url !== 'string') {
    return undefined
  }
  const { description, metadata, headerNames, limits } = details as Partial<StoredEndpoint>
  return withoutNulls<StoredEndpoint>({
    id: row.id,
    owner: row.owner,
    externalId: row.external_id,
    url: row.url,
    events,
    description,
    metadata,
    headerNames,
    sealedHeaders: row.sealed_headers,
    limits,
    keys,
    state: row.reason === null ? 'enabled' : 'disabled',
    disabledReason: row.reason,
    failingSince: readTime(row.failing_since),
    heldUntil: readTime(row.held_until),
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

function readTime(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= LATEST ? value : undefined
}
