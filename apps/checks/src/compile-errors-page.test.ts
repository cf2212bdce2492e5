// The texts of docs/compile-errors.md are those of the compiler: `vitest -u` writes them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { MISTAKES } from '../../../packages/core/test/key-mistakes.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { readmeModules } from './readme-modules.ts'
import { runNode } from './run-node.ts'
import { toTable } from './to-table.ts'
import { NEWEST_TSC } from './typescript-versions.ts'
import { ROOT } from './workspace.ts'

const PAGE = join(ROOT, 'docs/compile-errors.md')
// ignored by git, the formatter and the tsconfig of the repository
const FOLDER = join(import.meta.dirname, '../dist/compile-errors')
const EXPECTED = '// @ts-expect-error'
const TABLE = /^\| expression.*\n(?:\|.*\n)+/m

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

/** What the compiler says of each line of the page's module, which has the lines of the page. */
async function compile(text: string): Promise<ReadonlyMap<number, string>> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  // an error that is expected is not printed
  writeFileSync(join(FOLDER, 'page.ts'), text.replaceAll(EXPECTED, '//'))
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false }
  const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['page.ts'] }
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify({ ...config, exclude: [] }))
  const printed = await runNode([NEWEST_TSC, '-p', '.', '--pretty', 'false'], { cwd: FOLDER })
    .then(() => '')
    .catch((error: Error) => error.message)
  const found = printed.matchAll(/^page\.ts\((\d+),\d+\): error TS\d+: (.*(?:\n {2}.*)*)/gm)
  return new Map([...found].map(([, line, sentences = '']) => [Number(line), sentences]))
}

it('has what the compiler says of each mistake, and the sentences on expressions', async () => {
  const page = readFileSync(PAGE, 'utf8')
  const [module, ...others] = readmeModules(page)
  expect(others).toEqual([])
  const said = await compile(module?.text ?? '')
  const lines = page.split('\n')
  const blocks = markdownBlocks(page)
  const mistakes = blocks.flatMap(({ language, code, line }, index) => {
    const within = code.split('\n').findIndex((one) => one.trim().startsWith(EXPECTED))
    if (language !== 'ts' || within === -1) return []
    const text = blocks[index + 1]
    if (text?.language !== 'text') throw new Error(`line ${line}: a text block must follow`)
    return [{ at: line + within + 1, text }]
  })
  // each error is one that the page expects, and the other way round
  expect([...said.keys()]).toEqual(mistakes.map(({ at }) => at))
  expect(mistakes.length).toBeGreaterThan(5)
  for (const { at, text } of mistakes.toReversed()) {
    lines.splice(text.line - 1, text.code.split('\n').length, said.get(at) ?? '')
  }
  const rows = MISTAKES.map(([expression, sentence]) => [`\`${expression}\``, sentence])
  const table = toTable([['expression', 'sentence'], ...rows])
  await expect(lines.join('\n').replace(TABLE, () => table)).toMatchFileSnapshot(PAGE)
})
