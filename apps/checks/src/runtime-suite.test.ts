// What runs where. `npx vitest run apps/checks/src/runtime-suite.test.ts -u` writes the table of docs/runtimes.md.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { serveNeon } from '../../../packages/store-postgres/test/serve-neon.ts'
import { startPostgres } from '../../../packages/store-postgres/test/start-postgres.ts'
import {
  folderOf,
  PART_NAMES,
  type PartReport,
  SUITE_RUNTIMES,
  type SuiteRuntime,
} from './runtime-suite.ts'
import { openSink } from './sink.ts'
import { toTable } from './to-table.ts'
import { ROOT } from './workspace.ts'

const TIMEOUT = 180_000
const PAGE = join(ROOT, 'docs/runtimes.md')

/** The rows of the table: the parts of the suite, as users call them. */
const ROWS: Readonly<Record<string, string>> = {
  expression: '`@ringback/expression`',
  signing: '`@ringback/signing`',
  core: '`@ringback/core`',
  receiver: '`@ringback/receiver`',
  sender: '`@ringback/sender`',
  subscriptions: '`@ringback/subscriptions`',
  reference: '`@ringback/reference`, with `cdn`',
  'sender-node': '`guardedFetch` of `@ringback/sender/node`',
  'store-sqlite': '`@ringback/store-sqlite`',
  'store-postgres-tcp': '`@ringback/store-postgres`, over TCP',
  'store-postgres-http': '`@ringback/store-postgres`, over HTTP',
  'store-durable-object': '`@ringback/store-durable-object`',
}
/** These run everywhere. */
const PORTABLE = [
  ...['expression', 'signing', 'core', 'receiver', 'sender', 'subscriptions', 'reference'],
  'store-postgres-http',
]

const folder = mkdtempSync(join(tmpdir(), 'suite-'))
const database = await startPostgres()
const pool = new pg.Pool({ connectionString: database.url, max: 4 })
const neon = await serveNeon(pool)
const sink = await openSink()
afterAll(async () => {
  await sink.close()
  await neon.stop()
  await pool.end()
  await database.stop()
  rmSync(folder, { recursive: true, maxRetries: 5 })
})

type Reports = Readonly<Record<string, PartReport>>
const begun = new Map<SuiteRuntime, Promise<Reports>>()

/** Runs the suite, once on each runtime. */
function reportsOf(runtime: SuiteRuntime): Promise<Reports> {
  const reports =
    begun.get(runtime) ??
    runtime.run({
      sink: sink.url,
      database: database.url,
      neon: neon.url,
      folder: folderOf(folder, runtime),
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    })
  begun.set(runtime, reports)
  return reports
}

describe.each(SUITE_RUNTIMES)('$name', { timeout: TIMEOUT }, (runtime) => {
  it.each(PART_NAMES)('%s', async (part) => {
    const report = (await reportsOf(runtime))[part] ?? { refused: 'it was not run' }
    if ('refused' in report) {
      // a runtime loads a part, and then all of it runs, or does not load it
      expect(PORTABLE, report.refused).not.toContain(part)
      return
    }
    expect(report).not.toEqual([])
    const expected = report.map((one) => ({
      name: one.name,
      expected: one.expected,
      value: one.expected,
    }))
    expect(report).toEqual(expected)
  })
})

it('is what docs/runtimes.md says', { timeout: TIMEOUT }, async () => {
  const columns = await Promise.all(SUITE_RUNTIMES.map(reportsOf))
  const rows = Object.entries(ROWS).map(([part, title]) => [
    title,
    ...columns.map((reports) => (isPassed(reports[part]) ? '✓' : '—')),
  ])
  const page = readFileSync(PAGE, 'utf8')
  const table = toTable([['', ...SUITE_RUNTIMES.map(({ name }) => name)], ...rows])
  await expect(page.replace(/^\|.*\n(?:\|.*\n)+/m, table)).toMatchFileSnapshot(PAGE)
  expect(Object.keys(ROWS).sort()).toEqual([...PART_NAMES].sort())
})

function isPassed(report: PartReport = { refused: 'it was not run' }): boolean {
  if ('refused' in report) return false
  return report.every(({ value, expected }) => isDeepStrictEqual(value, expected))
}
