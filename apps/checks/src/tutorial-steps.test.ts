// Each step of docs/tutorial.md, run: its requests have the responses that it shows.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markdownBlocks } from './markdown-blocks.ts'
import { modulesByState, readmeModules } from './readme-modules.ts'
import { runNode } from './run-node.ts'
import { ROOT } from './workspace.ts'

const markdown = readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8')
const states = modulesByState(readmeModules(markdown))
// ignored by git, the formatter and the tsconfig of the repository
const FOLDER = join(import.meta.dirname, '../dist/tutorial')
const CURL =
  /^curl (?:-X (?<method>\w+) )?'http:\/\/localhost:8000(?<path>[^']+)'(?: -H 'content-type: (?<type>[^']+)')?(?: -d '(?<body>[^']+)')?$/

/** A request that the page shows, followed by its response, and the state of the files that it is sent to. */
interface Shown {
  readonly path: string
  readonly init: RequestInit
  readonly response: unknown
  readonly state: number
  readonly line: number
}

function shownRequests(): Shown[] {
  const blocks = markdownBlocks(markdown)
  let state = 1
  return blocks.flatMap(({ words, code, language, line }, index) => {
    if (words.includes('next')) state += 1
    const next = blocks[index + 1]
    const { method = 'GET', path, type, body } = CURL.exec(code)?.groups ?? {}
    if (language !== 'sh' || path === undefined || next?.language !== 'json') return []
    const headers = type === undefined ? {} : { 'content-type': type }
    const init: RequestInit = { method, headers, ...(body === undefined ? {} : { body }) }
    return [{ path, init, response: JSON.parse(next.code), state, line }]
  })
}

const shown = shownRequests()
const cwd = mkdtempSync(join(tmpdir(), 'ringback-tutorial-'))
let responses: unknown[] = []

beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true })
  for (const { file, text, state } of states.flat()) {
    const path = join(FOLDER, `${state}`, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const program = [
    'console.log = () => {}',
    `const responses = []`,
    ...shown.flatMap(({ path, init, state }) => [
      `{ const { app } = await import('./${state}/invoices.ts')`,
      `responses.push(await (await app.request(${JSON.stringify(path)}, ${JSON.stringify(init)})).json()) }`,
    ]),
    'process.stdout.write(JSON.stringify(responses))',
  ]
  writeFileSync(join(FOLDER, 'run.ts'), program.join('\n'))
  const env = { CALLBACK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }
  const args = ['--disable-warning=ExperimentalWarning', join(FOLDER, 'run.ts')]
  responses = JSON.parse(await runNode(args, { cwd, env }))
}, 60_000)
afterAll(() => rmSync(cwd, { recursive: true }))

describe('the tutorial', () => {
  it('has requests in the steps that change the API', () => {
    expect([...new Set(shown.map(({ state }) => state))]).toEqual([1, 2, 3, 4])
    expect(states).toHaveLength(5)
  })

  it.each(shown.map((one, index) => ({ ...one, index })))(
    'shows the response to the request at line $line',
    ({ response, index }) => expect(responses[index]).toMatchObject(response as object),
  )

  it('ends with the tutorial of the README', () => {
    const codeOf = (text: string) =>
      readmeModules(text).filter(({ file }) => file === 'invoices.ts')
    const readme = codeOf(readFileSync(join(ROOT, 'README.md'), 'utf8'))
    expect(codeOf(markdown).at(-1)?.text.trim()).toBe(readme.at(-1)?.text.trim())
  })

  it.each(states.slice(1).map((_, index) => index + 2))(
    'marks the lines that are new: state %i',
    (state) => {
      const blocks = markdownBlocks(markdown).filter(({ code }) =>
        code.startsWith('// invoices.ts'),
      )
      const [before, block] = [blocks[state - 2], blocks[state - 1]]
      const known = new Set(before?.code.split('\n'))
      const lines = block?.code.split('\n') ?? []
      const added = lines.flatMap((line, index) =>
        line !== '' && !known.has(line) ? [index + 1] : [],
      )
      expect(linesOf(block?.words.at(-1) ?? '')).toEqual(expect.arrayContaining(added))
      expect(linesOf(block?.words.at(-1) ?? '').length).toBeLessThan(added.length + 5)
    },
  )
})

function linesOf(highlight: string): number[] {
  return highlight
    .slice(1, -1)
    .split(',')
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    })
}
