import type {
  EndpointScope,
  EndpointStore,
  StoredEndpoint,
  StoredEndpointFilter,
} from '@ringback/sender'
import {
  applyEndpointChange,
  ENDPOINT_COLUMNS,
  HELD_FOREVER,
  isInScope,
  readEndpointRow,
  writeEndpointRow,
} from '@ringback/sender/store'
import { createStatement } from './conditions.ts'
import type { PostgresValue } from './driver.ts'
import { stateOf } from './errors.ts'
import type { Place } from './query.ts'

type Methods = Pick<EndpointStore, 'add' | 'find' | 'query' | 'change' | 'remove'>

/** What becomes of the hold of an endpoint. */
type Hold = 'keep' | 'forever' | 'end' | 'moved'

const REMOVED_AT_ONCE = 500
const UNIQUE_VIOLATION = '23505'
const VALUES = ENDPOINT_COLUMNS.map((_, n) =>
  // an array, given as JSON
  n === 4 ? `ARRAY(SELECT json_array_elements_text($${n + 1}::text::json))` : `$${n + 1}`,
)
const SELECTED = ENDPOINT_COLUMNS.map((name) =>
  name === 'events' ? 'to_json(s.events)::text AS events' : `s.${name}`,
)

/** Makes the methods on registered endpoints. */
export function createRegisteredEndpoints(place: Place): Methods {
  const { driver, s, now } = place
  const at = (bind: string) => `${s}.now_v1(${bind}::float8)`
  const from = `${s}.subscription s
    LEFT JOIN ${s}.endpoint e ON e.owner = s.owner AND e.endpoint = s.id`
  /** Finds an endpoint, and the version of its row. */
  const findOf = async (id: string, scope: EndpointScope = {}) => {
    const [row] = await driver.run(
      `SELECT ${SELECTED.join(', ')}, e.held_until, s.xmin::text AS version, ${at('$2')} AS now_at
      FROM ${from} WHERE s.id = $1`,
      [id, now()],
    )
    const endpoint = row && readEndpointRow(row)
    return endpoint && isInScope(endpoint, scope)
      ? { endpoint, version: String(row?.version), at: Number(row?.now_at) }
      : undefined
  }
  /** Writes the own limits and the hold of an endpoint whose row a statement has changed. */
  const follow = (changed: string, { limits }: StoredEndpoint, hold: Hold) => {
    const concurrency = limits?.concurrency ?? 'NULL'
    const rate = limits?.rate ?? 'NULL'
    const time = at(`${now() ?? 'NULL'}`)
    const held = {
      keep: 'x.held_until',
      forever: `${HELD_FOREVER}`,
      end: time,
      moved: `CASE WHEN x.held_until > ${time} THEN ${time} ELSE x.held_until END`,
    }[hold]
    const isNew = hold === 'forever' ? `${HELD_FOREVER}` : 'NULL'
    return `e AS (
      INSERT INTO ${s}.endpoint AS x (owner, endpoint, concurrency, rate, held_until)
      SELECT owner, id, ${concurrency}::int, ${rate}::float8, ${isNew}::float8 FROM ${changed}
      ON CONFLICT (owner, endpoint) DO UPDATE
      SET concurrency = excluded.concurrency, rate = excluded.rate, held_until = ${held}
        ${hold === 'forever' || hold === 'end' ? ', paced_until = NULL, health = NULL' : ''}),
    w AS (INSERT INTO ${s}.signal (owner, endpoint) SELECT owner, id FROM ${changed})`
  }
  const holdOf = (before: StoredEndpoint, after: StoredEndpoint): Hold => {
    if (after.state === 'disabled') return 'forever'
    if (before.state === 'disabled') return 'end'
    // at another URL, it may be well
    return before.url === after.url ? 'keep' : 'moved'
  }
  const write = async (before: StoredEndpoint, after: StoredEndpoint, version: string) => {
    const [row] = await driver.run(
      `WITH u AS (
        UPDATE ${s}.subscription SET (${ENDPOINT_COLUMNS.join(', ')}) = (${VALUES.join(', ')})
        WHERE id = $1 AND xmin::text = $${VALUES.length + 1} RETURNING owner, id),
      ${follow('u', after, holdOf(before, after))}
      SELECT count(*)::int AS n FROM u`,
      [...writeEndpointRow(after), version],
    )
    return Number(row?.n) > 0
  }

  return {
    async add(endpoint) {
      const [row] = await driver.run(
        `WITH u AS (
          INSERT INTO ${s}.subscription (${ENDPOINT_COLUMNS.join(', ')}) VALUES (${VALUES.join(', ')})
          ON CONFLICT DO NOTHING RETURNING owner, id),
        ${follow('u', endpoint, endpoint.state === 'disabled' ? 'forever' : 'keep')}
        SELECT count(*)::int AS n FROM u`,
        writeEndpointRow(endpoint),
      )
      return Number(row?.n) > 0
    },

    async find(id, scope) {
      const found = await findOf(id, scope)
      return found && withHold(found.endpoint, found.at)
    },

    async query(filter: StoredEndpointFilter) {
      const { state, patterns, limit = 100 } = filter
      const statement = createStatement()
      const time = at(statement.bind(now()))
      const where = statement.where([
        ['s.owner = ?', filter.owner],
        ['s.external_id = ?', filter.externalId],
        ['s.id < ?', filter.cursor],
        [
          's.events && ARRAY(SELECT json_array_elements_text(?::text::json))',
          patterns && JSON.stringify(patterns),
        ],
      ])
      const ofState = state && `s.reason IS ${state === 'enabled' ? '' : 'NOT'} NULL`
      const rows = await driver.run(
        `SELECT ${SELECTED.join(', ')}, e.held_until, ${time} AS now_at FROM ${from}
        WHERE ${where} AND ${ofState ?? 'TRUE'}
        ORDER BY s.id DESC LIMIT ${statement.bind(limit)}::bigint`,
        statement.values,
      )
      return rows.flatMap((row) => {
        const endpoint = readEndpointRow(row)
        return endpoint ? [withHold(endpoint, Number(row.now_at))] : []
      })
    },

    async change(id, change, scope) {
      for (;;) {
        const found = await findOf(id, scope)
        if (found === undefined) return undefined
        const { heldUntil: _, ...before } = found.endpoint
        const after = applyEndpointChange(before, change, found.at)
        try {
          // unless another process has changed it meanwhile
          if (!(await write(before, after, found.version))) continue
        } catch (error) {
          if (stateOf(error) === UNIQUE_VIOLATION) return 'duplicate'
          throw error
        }
        const changed = await findOf(id)
        return changed ? withHold(changed.endpoint, changed.at) : after
      }
    },

    async remove(id, scope) {
      const found = await findOf(id, scope)
      if (found === undefined) return undefined
      const { owner } = found.endpoint
      const values: PostgresValue[] = [owner, id, now()]
      const [row] = await driver.run(
        `SELECT ${s}.cancel_some_v2($3::float8, $1, $2, ${REMOVED_AT_ONCE}) AS n`,
        values,
      )
      if (Number(row?.n) > 0) {
        const gone = { ...found.endpoint, state: 'disabled', disabledReason: 'gone' } as const
        await write(found.endpoint, gone, found.version)
        return 'more'
      }
      await driver.run(
        `WITH u AS (DELETE FROM ${s}.subscription WHERE id = $2 RETURNING id)
        DELETE FROM ${s}.endpoint WHERE owner = $1 AND endpoint = $2 AND EXISTS (SELECT 1 FROM u)`,
        [owner, id],
      )
      return 'removed'
    },
  }
}

/** Shows a hold that ends by itself. */
function withHold({ heldUntil, ...endpoint }: StoredEndpoint, now: number): StoredEndpoint {
  const isShown = heldUntil !== undefined && heldUntil > now && heldUntil < HELD_FOREVER
  return isShown ? { ...endpoint, heldUntil } : endpoint
}
