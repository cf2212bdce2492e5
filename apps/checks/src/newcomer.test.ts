// The path of somebody who begins: npm create ringback, from the packed packages, to a callback that was held and
// then delivered. On Node and on Workers.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startChild } from './child.ts'
import { eventually } from './eventually.ts'
import { findFreePort } from './find-free-port.ts'
import { type Packed, pack } from './pack.ts'
import { installCreated } from './packed-project.ts'
import { runNode } from './run-node.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringback-newcomer-'))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }), 60_000)
// wrangler keeps its logs and its registry of Workers there
const env = { HOME: folder, TMPDIR: folder, CI: '1', NO_COLOR: '1', WRANGLER_HIDE_BANNER: 'true' }

let packages: readonly Packed[]
beforeAll(async () => {
  mkdirSync(join(folder, 'tarballs'))
  packages = await pack(join(folder, 'tarballs'))
  const own = packages.find(({ name }) => name === 'create-ringback')
  execFileSync('tar', ['xzf', own?.tarball ?? '', '-C', folder])
}, 120_000)

/** What differs between the templates for a newcomer. */
interface Kind {
  readonly template: string
  readonly secrets: string
  /** The arguments and variables that give `npm start` a port. */
  start(port: number): { readonly args: readonly string[]; readonly env: Record<string, string> }
  readonly ready: RegExp
  /** Lists the deliveries, newest first. */
  deliveries(project: Project, api: string): Promise<readonly Listed[]>
}

interface Listed {
  readonly id: string
  readonly state: string
  readonly attempts: readonly unknown[]
}

const KINDS: readonly Kind[] = [
  {
    template: 'node',
    secrets: '.env',
    start: (port) => ({ args: [], env: { PORT: `${port}` } }),
    ready: /The API is ready/,
    deliveries: async ({ ringback }) =>
      JSON.parse((await ringback('deliveries', '--store', 'data/callbacks.db')).out),
  },
  {
    template: 'workers',
    secrets: '.dev.vars',
    start: (port) => ({ args: ['--', '--port', `${port}`], env: {} }),
    ready: /Ready on/,
    // its store is in Durable Objects, which the Worker itself reads
    deliveries: async (_project, api) => (await fetch(`${api}/deliveries`)).json(),
  },
]

/** A project in a folder, and the commands that are typed in it. */
type Project = ReturnType<typeof projectIn>

function projectIn(cwd: string) {
  const run = async (program: string, args: readonly string[]) => {
    const child = startChild(program, args, { cwd, env })
    const { code } = await child.exit()
    return { code, out: child.lines.join('\n') }
  }
  return {
    cwd,
    npm: (...args: string[]) => run('npm', args),
    ringback: (...args: string[]) => run(join(cwd, 'node_modules/.bin/ringback'), args),
    start(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
      const child = startChild('npm', args, { cwd, env: { ...env, ...more } })
      onTestFinished(() => child.end())
      return child
    },
  }
}

/** Creates a project as the published command does, and installs it. */
async function create({ template }: Kind): Promise<Project> {
  const main = join(folder, 'package/dist/main.js')
  const printed = await runNode([main, `my-${template}`, '--template', template], { cwd: folder })
  expect(printed).toContain(`Created my-${template}. Next:`)
  const project = projectIn(join(folder, `my-${template}`))
  await installCreated(project.cwd, packages)
  return project
}

describe.each(KINDS)('a newcomer on $template', { timeout: 300_000 }, (kind) => {
  let project: Project
  beforeAll(async () => {
    project = await create(kind)
  }, 120_000)

  it('has a project that compiles and passes its tests, with a secret of its own', async () => {
    const file = join(project.cwd, kind.secrets)
    expect(readFileSync(file, 'utf8')).toMatch(/^CALLBACK_SECRET=whsec_\S{40,}$/m)
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(readFileSync(join(project.cwd, '.gitignore'), 'utf8')).toContain(kind.secrets)
    expect(await project.npm('run', 'typecheck')).toMatchObject({ code: 0 })
    const tested = await project.npm('test')
    expect(tested.out).toMatch(/^ℹ pass 3$|^# pass 3$/m)
    expect(tested.code).toBe(0)
  })

  it('sees a wrong expression, a callback, a broken signature, and a delivery that was held', async () => {
    // a wrong expression is an error of the compiler, in a sentence
    const operations = join(project.cwd, 'src/operations.ts')
    const right = readFileSync(operations, 'utf8')
    writeFileSync(operations, right.replace('{$request.body#/id}', '{$request.body#/idd}'))
    const { code, out } = await project.npm('run', 'typecheck')
    expect(code).not.toBe(0)
    expect(out).toContain("the request body has no '/idd'; did you mean '/id'?")
    writeFileSync(operations, right)

    const port = await findFreePort()
    const start = kind.start(port)
    const server = project.start(['start', ...start.args], start.env)
    await server.line(kind.ready)
    const api = `http://127.0.0.1:${port}`
    const order = async (id: string, to: string) => {
      const response = await fetch(`${api}/invoices?callback_url=${encodeURIComponent(to)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, customer: 'Mr. Richie Rich', total: 9999 }),
      })
      expect([response.status, await response.text()]).toEqual([200, '{"msg":"Invoice received"}'])
    }
    const newest = async () => (await kind.deliveries(project, api))[0]
    const delivered = (attempts: number) =>
      eventually('the newest delivery is delivered', async () => {
        const one = await newest()
        return one?.state === 'delivered' && one.attempts.length >= attempts ? one : undefined
      })

    // the receiver, from the document of the running API
    const target = join(folder, `receiver-of-${kind.template}`)
    const written = await project.ringback('receiver', `${api}/openapi.json`, '--out', target)
    expect(written).toMatchObject({ code: 0 })
    await installCreated(target, packages)
    const receiver = projectIn(target)
    expect(await receiver.npm('test')).toMatchObject({ code: 0 })
    const { CALLBACK_SECRET = '' } = parseEnv(readFileSync(join(project.cwd, kind.secrets), 'utf8'))
    const receiverPort = await findFreePort()
    const startReceiver = async () => {
      const child = receiver.start(['start'], { CALLBACK_SECRET, PORT: `${receiverPort}` })
      await child.line(/^receiving on port/)
      return child
    }
    const receiving = await startReceiver()
    const events = `http://127.0.0.1:${receiverPort}/invoice-notification`

    // the callback arrives, verified
    await order('first', events)
    const arrived = await receiving.line(/^invoiceNotification/)
    expect(arrived).toContain("{ id: 'first' }")
    await delivered(1)

    // a request that is saved is verified; one that was written again is not, and says why
    const listening = project.start(
      ['exec', '--', 'ringback', 'listen', '--port', '0', '--json', '--body', '{"ok":true}'],
      { CALLBACK_SECRET },
    )
    const [, url = ''] = /Listening at (\S+)\. /.exec(await listening.line(/Listening at/)) ?? []
    await order('second', `${url}/events`)
    const heard = JSON.parse(await listening.line(/^\{/))
    expect(heard).toMatchObject({ path: '/events/invoices/second', diagnosis: { ok: true } })
    const verify = (body: string) => {
      const file = join(project.cwd, 'request.json')
      writeFileSync(file, JSON.stringify({ headers: heard.headers, body }))
      return project.ringback('verify', file, '--secret', CALLBACK_SECRET)
    }
    expect(await verify(heard.body)).toMatchObject({ code: 0 })
    const broken = await verify(JSON.stringify(JSON.parse(heard.body), null, 2))
    expect(broken.code).toBe(1)
    expect(broken.out).toContain(
      'body: The signature was made over other bytes: the same body as JSON without spaces.',
    )
    await listening.end()

    // the receiver is away: the delivery is held, and arrives once it is back
    await receiving.end()
    await order('third', events)
    const held = await eventually('an attempt fails', async () => {
      const one = await newest()
      return one?.state === 'scheduled' && one.attempts.length > 0 ? one : undefined
    })
    const again = await startReceiver()
    expect(await again.line(/^invoiceNotification/)).toContain("{ id: 'third' }")
    expect((await delivered(2)).id).toBe(held.id)
  })
})
