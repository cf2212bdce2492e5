import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { APP, makeProject } from '../../test/make-project.ts'
import { runCli } from '../../test/run-cli.ts'

const titleOf = (text: string) => JSON.parse(text).info.title

describe('ringback document', { timeout: 120_000 }, () => {
  it('writes the document of an app that serves none, and nothing else that the app prints', async () => {
    const cwd = makeProject({ 'app.ts': APP })
    const { code, out, err } = await runCli(['document', 'app.ts'], { cwd })
    expect({ code, err }).toEqual({ code: 0, err: 'the app starts\n' })
    const document = JSON.parse(out)
    expect(document.openapi).toBe('3.1.1')
    expect(Object.keys(document.paths['/orders'].post.callbacks)).toEqual(['paid'])
  })

  it('writes what the app serves', async () => {
    const cwd = makeProject({
      'app.ts': APP.replace('signed: true', "signed: true, document: '/openapi.json'"),
    })
    const [own, served] = [
      await runCli(['document', 'app.ts'], { cwd }),
      await runCli(['document', 'app.ts', '--path', '/openapi.json'], { cwd }),
    ]
    expect(served.code).toBe(0)
    expect(JSON.parse(own.out)).toEqual(JSON.parse(served.out))
  })

  it('writes YAML, another version, a file', async () => {
    const cwd = makeProject({ 'app.ts': APP })
    const json = JSON.parse((await runCli(['document', 'app.ts'], { cwd })).out)
    const yaml = await runCli(['document', 'app.ts', '--yaml', '--openapi', '3.2'], { cwd })
    expect(parse(yaml.out)).toEqual({ ...json, openapi: '3.2.0' })

    await runCli(['document', 'app.ts', '--out', 'docs/openapi.yaml'], { cwd })
    expect(parse(readFileSync(join(cwd, 'docs/openapi.yaml'), 'utf8'))).toEqual(json)
  })

  it('tells a stale document, and where it differs', async () => {
    const cwd = makeProject({ 'app.ts': APP })
    await runCli(['document', 'app.ts', '--out', 'openapi.yaml'], { cwd })
    const check = ['document', 'app.ts', '--check', 'openapi.yaml']
    expect(await runCli(check, { cwd })).toMatchObject({ code: 0, out: '' })

    writeFileSync(join(cwd, 'app.ts'), APP.replace('amount: v.number()', 'sum: v.number()'))
    const stale = await runCli(check, { cwd })
    expect(stale).toMatchObject({ code: 1, out: '' })
    expect(stale.err).toContain('removed /paths/~1orders/post/callbacks/paid/')
    expect(stale.err).toContain('/properties/sum')
    expect(stale.err).toContain('ringback document app.ts --out openapi.yaml')
  })

  it('takes variables from a file', async () => {
    const needs = "if (!process.env.SECRET_OF_APP) throw new Error('SECRET_OF_APP is not set')\n"
    const cwd = makeProject({ 'app.ts': needs + APP, '.env': 'SECRET_OF_APP=x' })
    const refused = await runCli(['document', 'app.ts'], { cwd })
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('SECRET_OF_APP is not set')
    expect(refused.err).toContain('--env-file')
    expect(await runCli(['document', 'app.ts', '--env-file', '.env'], { cwd })).toMatchObject({
      code: 0,
    })
  })

  it.each([
    ['the option --formt', ['app.ts', '--formt'], "unknown option '--formt'"],
    ['a version', ['app.ts', '--openapi', '4.0'], 'Allowed choices are 3.1, 3.2'],
    ['a file that is not there', ['ap.ts'], "There is no file 'ap.ts'"],
    ['a module without an app', ['other.ts'], 'it exports value. Write export const app'],
    ['an export that is none', ['app.ts', '--export', 'api'], "no app as its export 'api'"],
    ['two ways to end', ['app.ts', '--check', 'a', '--out', 'b'], 'give it without --out'],
  ])('refuses %s, with a remedy', async (_name, args, sentence) => {
    const cwd = makeProject({ 'app.ts': APP, 'other.ts': 'export const value = 1' })
    const { code, out, err } = await runCli(['document', ...args], { cwd })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
  })
})

describe('an app is loaded', { timeout: 120_000 }, () => {
  const ONE_HONO =
    "import { Hono } from 'hono'\nif (!(app instanceof Hono)) throw new Error('two of hono')\n"

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['with one hono, by Node', { 'app.ts': APP + ONE_HONO }, 'app.ts'],
    ['with an enum, which Node cannot', { 'app.ts': `enum A { B }\n${APP}${ONE_HONO}` }, 'app.ts'],
    [
      'with JSX, an import without an ending and a path of its tsconfig',
      {
        'src/app.tsx': `import { name } from './name'\nimport { other } from '@/other'\nexport const page = <p>{name}{other}</p>\n${APP}${ONE_HONO}`,
        'src/name.ts': "export const name = 'a'",
        'src/lib/other.ts': "export const other = 'b'",
        'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/lib/*"]}}}',
      },
      'src/app.tsx',
    ],
    [
      'with modules of Workers',
      {
        'worker.ts': `import { DurableObject, env } from 'cloudflare:workers'\nexport class Room extends DurableObject {}\nenv.ROOMS.get(env.ROOMS.idFromName('a'))\n${APP}${ONE_HONO}`,
      },
      'worker.ts',
    ],
    ['as a default export', { 'a.mts': `${APP}export default app` }, 'a.mts'],
    ['as JavaScript', { 'a.js': APP }, 'a.js'],
    ['as the only app of any name', { 'a.ts': APP.replace('const app', 'const orders') }, 'a.ts'],
  ])('%s', { timeout: 60_000 }, async (_name, files, file) => {
    const { code, out, err } = await runCli(['document', file], { cwd: makeProject(files) })
    expect({ code, err }).toEqual({ code: 0, err: 'the app starts\n' })
    expect(titleOf(out)).toBe('Orders')
  })
})
