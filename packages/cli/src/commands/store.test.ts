import { join } from 'node:path'
import type { DeliveryStore, StoredDelivery } from '@ringback/sender/store'
import { pgDriver, postgresStore } from '@ringback/store-postgres'
import { sqliteStore } from '@ringback/store-sqlite'
import { Pool } from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startPostgres } from '../../../store-postgres/test/start-postgres.ts'
import { makeProject } from '../../test/make-project.ts'
import { runCli } from '../../test/run-cli.ts'

const deliveryOf = (id: string, changes: Partial<StoredDelivery> = {}): StoredDelivery => ({
  id,
  state: 'scheduled',
  owner: 'default',
  operationId: 'createOrder',
  callback: 'paid',
  method: 'POST',
  url: 'https://a.example/paid',
  endpoint: 'https://a.example',
  attemptCount: 0,
  createdAt: Date.now(),
  dueAt: Date.now() + 3_600_000,
  refusals: 0,
  payload: new TextEncoder().encode('{"amount":12}'),
  ...changes,
})

/** Stores one delivery that waits, and two that are dead, one of them of another owner. */
async function fill(store: DeliveryStore): Promise<void> {
  await store.enqueue(deliveryOf('waiting'))
  const dead = { state: 'dead', reason: 'gone', detail: 'the endpoint\u001b[31m is gone' } as const
  const attempt = { startedAt: Date.now(), duration: 12, status: 410, reason: 'status' } as const
  await store.enqueue(deliveryOf('dead', dead), [attempt])
  await store.enqueue(deliveryOf('acme', { ...dead, owner: 'acme' }))
}

/** Registers an endpoint of webhooks, to which one delivery died of 410 and two of a spent schedule. */
async function fillEndpoint(store: DeliveryStore): Promise<void> {
  const [now, id] = [Date.now(), 'ep_1']
  await store.endpoints.add({
    ...{ id, owner: 'acme', url: 'https://b.example/hooks', events: ['*'], state: 'enabled' },
    ...{ keys: [{ generation: 1 }], createdAt: now, updatedAt: now },
  })
  for (const [name, reason] of Object.entries({
    first: 'exhausted',
    gone: 'gone',
    last: 'exhausted',
  })) {
    const { url: _url, ...webhook } = deliveryOf(name, { owner: 'acme', endpoint: id })
    await store.enqueue({ ...webhook, state: 'dead', reason: reason as 'gone' })
  }
}

async function sqliteProject(): Promise<string> {
  const cwd = makeProject()
  const store = sqliteStore(join(cwd, 'callbacks.db'))
  await fill(store)
  store.close()
  return cwd
}

const ringback = (cwd: string, ...args: string[]) =>
  runCli(args, { cwd, env: { RINGBACK_STORE: 'callbacks.db' } })

const statesIn = async (cwd: string) => {
  const { out } = await ringback(cwd, 'deliveries')
  return Object.fromEntries(
    JSON.parse(out).map((one: { id: string; state: string }) => [one.id, one.state]),
  )
}

describe('a store in SQLite', { timeout: 120_000 }, () => {
  it('is listed as JSON or a table, by filters', async () => {
    const cwd = await sqliteProject()
    expect(await statesIn(cwd)).toEqual({ waiting: 'scheduled', dead: 'dead', acme: 'dead' })

    const { out } = await ringback(
      cwd,
      'deliveries',
      '--state',
      'dead',
      '--owner',
      'acme',
      '--table',
    )
    const [header, row, ...rest] = out.trim().split('\n')
    expect(header).toMatch(/^id +state +callback +to +attempts +stored +detail$/)
    // nothing that a receiver sent can drive the terminal
    expect(row).toMatch(
      /^acme +dead \(gone\) +paid +https:\/\/a\.example +0 +\S+ +the endpoint \[31m is gone$/,
    )
    expect(rest).toEqual([])
  })

  it('shows one delivery with its attempts, and its payload only when asked', async () => {
    const cwd = await sqliteProject()
    const { out } = await ringback(cwd, 'show', 'dead')
    expect(JSON.parse(out)).toMatchObject({ id: 'dead', attempts: [{ status: 410 }] })
    expect(out).not.toContain('amount')
    const full = await ringback(cwd, 'show', 'dead', '--payload', '--table')
    expect(full.out).toMatch(/12 ms +410 +status/)
    expect(full.out).toContain('{"amount":12}')

    const none = await ringback(cwd, 'show', 'nobody')
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining("no delivery 'nobody'") })
  })

  it('redrives one, and those of a filter with --yes', async () => {
    const cwd = await sqliteProject()
    expect(await ringback(cwd, 'redrive', 'dead')).toMatchObject({
      code: 0,
      out: 'dead: scheduled\n',
    })
    expect(await statesIn(cwd)).toEqual({ waiting: 'scheduled', dead: 'scheduled', acme: 'dead' })

    const unsure = await ringback(cwd, 'redrive', '--state', 'dead')
    expect(unsure).toMatchObject({
      code: 2,
      err: 'This would redrive 1 delivery. Nothing was changed: add --yes to do it.\n',
    })
    expect(await ringback(cwd, 'redrive', '--state', 'dead', '--yes')).toMatchObject({ code: 0 })
    expect((await statesIn(cwd)).acme).toBe('scheduled')

    const gone = await ringback(cwd, 'redrive', 'nobody')
    expect(gone).toMatchObject({ code: 1, out: expect.stringContaining("no delivery 'nobody'") })
  })

  it('cancels and purges with --yes, and nothing without', async () => {
    const cwd = await sqliteProject()
    expect(await ringback(cwd, 'cancel', 'waiting')).toMatchObject({ code: 2 })
    expect((await statesIn(cwd)).waiting).toBe('scheduled')
    expect(await ringback(cwd, 'cancel', 'waiting', '--yes')).toMatchObject({ code: 0 })
    expect(await ringback(cwd, 'cancel', 'dead', '--yes')).toMatchObject({ code: 1 })
    expect((await statesIn(cwd)).waiting).toBe('cancelled')

    expect(await ringback(cwd, 'purge', '--owner', 'acme')).toMatchObject({ code: 2 })
    const purged = await ringback(cwd, 'purge', '--owner', 'acme', '--yes', '--json')
    expect(JSON.parse(purged.out)).toEqual({ deliveries: 1, exchanges: 0 })
    expect(await statesIn(cwd)).toEqual({ waiting: 'cancelled', dead: 'dead' })
  })

  it('recovers an endpoint with --yes, for a reason, and says what it would do without', async () => {
    const cwd = makeProject()
    const store = sqliteStore(join(cwd, 'callbacks.db'))
    await fillEndpoint(store)
    store.close()
    const recover = (...args: string[]) =>
      ringback(cwd, 'recover', 'ep_1', '--since', '1h', ...args)

    expect(await recover()).toMatchObject({
      code: 2,
      err: 'This would redrive 3 deliveries. Nothing was changed: add --yes to do it.\n',
    })
    expect(await statesIn(cwd)).toEqual({ first: 'dead', gone: 'dead', last: 'dead' })
    expect(await recover('--until', '30m', '--yes', '--json')).toMatchObject({
      out: expect.stringMatching(/"recovered": 0/),
    })
    expect(await recover('--reason', 'exhausted', '--yes')).toMatchObject({
      code: 0,
      out: 'ep_1: 2 scheduled\n',
      err: '',
    })
    expect(await statesIn(cwd)).toEqual({ first: 'scheduled', gone: 'dead', last: 'scheduled' })

    const unknown = await ringback(cwd, 'recover', 'https://a.example', '--since', '1h', '--yes')
    expect(unknown.code).toBe(1)
    expect(unknown.err).toContain('ringback redrive --state dead --endpoint https://a.example')
  })

  it('tells how it went since a time, as JSON or a table, of those that are selected', async () => {
    const cwd = await sqliteProject()
    const { out } = await ringback(cwd, 'stats', '--since', '1h')
    expect(JSON.parse(out)).toMatchObject({
      states: { scheduled: 1, delivered: 0, dead: 2 },
      deaths: { gone: 2 },
      successRate: 0,
      attempts: { total: 1, outcomes: { 410: 1 } },
    })
    const mine = await ringback(cwd, 'stats', '--owner', 'acme')
    expect(JSON.parse(mine.out)).toMatchObject({ states: { scheduled: 0, dead: 1 } })

    const { out: shown } = await ringback(cwd, 'stats', '--table')
    expect(shown).toMatch(/^since \d{4}-\S+Z +value\nscheduled now +1\n/)
    expect(shown).toMatch(
      /\ndead +2\n(.+\n)* {2}dead: gone +2\nsuccess rate +0 %\nattempts +1\n {2}410 +1\n/,
    )
  })

  it.each([
    ['a file that is not there', ['deliveries', '--store', 'no.db'], "no file 'no.db'"],
    ['another database', ['deliveries', '--store', 'mysql://a/b'], 'neither an SQLite file'],
    ['no store', ['deliveries'], "required option '--store <store>' not specified"],
    ['everything', ['purge', '--store', 'a.db', '--yes'], 'give --before 30d, --owner'],
    ['a filter beside ids', ['redrive', 'a', '--state', 'dead', '--store', 'a.db'], 'not both'],
    ['nothing to cancel', ['cancel', '--store', 'a.db'], 'give ids, or select'],
    ['no time to recover from', ['recover', 'ep_1', '--store', 'a.db'], "option '--since <time>'"],
    ['no time', ['purge', '--store', 'a.db', '--before', 'long'], 'a time ago such as 30d'],
  ])('refuses %s', async (_name, args, sentence) => {
    const { code, err } = await runCli(args, { cwd: makeProject() })
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })
})

describe('a store in PostgreSQL', { timeout: 180_000 }, () => {
  it('is migrated, listed and changed through the driver of the project', async () => {
    const server = await startPostgres()
    onTestFinished(() => server.stop())
    const cwd = makeProject()
    const run = (...args: string[]) => runCli([...args, '--store', server.url], { cwd })
    expect(await run('migrate')).toMatchObject({ code: 0 })

    const pool = new Pool({ connectionString: server.url })
    const store = postgresStore(pgDriver(pool))
    await fill(store)
    await fillEndpoint(store)
    await pool.end()
    expect(
      await run('redrive', '--endpoint', 'https://a.example', '--owner', 'acme', '--yes'),
    ).toMatchObject({
      out: 'acme: scheduled\n',
    })
    const { out } = await run('deliveries', '--state', 'dead', '--endpoint', 'https://a.example')
    expect(JSON.parse(out)).toMatchObject([{ id: 'dead', attempts: [{ status: 410 }] }])
    expect(await run('recover', 'ep_1', '--since', '1h', '--yes')).toMatchObject({
      out: 'ep_1: 3 scheduled\n',
    })
    expect(JSON.parse((await run('stats', '--since', '1h')).out)).toMatchObject({
      states: { scheduled: 5 },
    })
    expect((await run('migrate', '--sql')).out).toContain('CREATE SCHEMA')
  })
})
