// The step "Try it on your machine" of the tutorial, followed to the letter but for its ports.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Child, startChild } from './child.ts'
import { eventually } from './eventually.ts'
import { findFreePort } from './find-free-port.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { modulesByState, readmeModules } from './readme-modules.ts'
import { ROOT } from './workspace.ts'

const TUTORIAL = readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8')
const SECTION = TUTORIAL.slice(TUTORIAL.indexOf('## 7. Try it on your machine'))
const [option, printed] = markdownBlocks(SECTION).filter(({ language }) => language === 'text')
const CURL = /curl -X POST '(?<url>[^']+)' -H '(?<name>[^:]+): (?<type>[^']+)' -d '(?<body>[^']+)'/
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

interface Followed {
  readonly child: Child
  /** Sends the request of the section. */
  request(): Promise<Response>
}

/** Writes the files of the tutorial as they are in the end, and starts the last; with the option of the step, or without. */
async function follow(change: (tutorial: string) => string): Promise<Followed> {
  const ports = { 8000: await findFreePort(), 9000: await findFreePort() }
  const withPorts = (text: string) =>
    text.replaceAll('8000', String(ports[8000])).replaceAll('9000', String(ports[9000]))
  const parent = join(import.meta.dirname, '../dist')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'try-it-'))
  const cwd = mkdtempSync(join(tmpdir(), 'try-it-'))
  for (const { file, text } of modulesByState(readmeModules(TUTORIAL)).at(-1) ?? []) {
    const isTutorial = file === 'invoices.ts'
    writeFileSync(join(folder, file), isTutorial ? change(text) : withPorts(text))
  }
  const child = startChild(process.execPath, [join(folder, 'try-it.ts')], {
    cwd,
    env: { CALLBACK_SECRET: SECRET },
  })
  onTestFinished(async () => {
    await child.end()
    for (const each of [folder, cwd]) rmSync(each, { recursive: true })
  })
  const { url = '', name = '', type = '', body = '' } = CURL.exec(SECTION)?.groups ?? {}
  return {
    child,
    request: () =>
      eventually(
        () => `the API listens; it has printed\n${child.lines.join('\n')}`,
        () =>
          fetch(withPorts(url), { method: 'POST', headers: { [name]: type }, body }).catch(
            () => undefined,
          ),
      ),
  }
}

describe('the tutorial with a receiver on the same machine', () => {
  it('works with the option, and prints what the page says', async () => {
    const { child, request } = await follow((tutorial) => {
      const changed = tutorial.replace('fetch: guardedFetch(),', option?.code ?? '')
      expect(changed).not.toBe(tutorial)
      return changed
    })
    expect((await request()).status).toBe(200)
    const expected = printed?.code.split('\n') ?? []
    expect(expected).toHaveLength(2)
    await child.line(new RegExp(`^${expected.at(-1)}$`))
    expect(child.lines.filter((line) => !line.includes('Warning'))).toEqual(
      expect.arrayContaining(expected),
    )
  })

  it('says in one line what is missing without it', async () => {
    const { child, request } = await follow((tutorial) => tutorial)
    expect((await request()).status).toBe(200)
    const line = await child.line(/is dead \(blocked\)/)
    expect(line).toContain('guardedFetch({ policy: { allowLoopback: true } })')
    expect(child.lines.filter((each) => each.startsWith('ringback:'))).toHaveLength(1)
  })
})
