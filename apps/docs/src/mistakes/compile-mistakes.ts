import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from 'checks/src/run-node.ts'
import { NEWEST_TSC } from 'checks/src/typescript-versions.ts'
import { ROOT } from 'checks/src/workspace.ts'
import type { Mistake } from './tutorial-mistakes.ts'

/** A mistake, and what the compiler says of it. */
export interface CompiledMistake extends Mistake {
  /** The line that has the mistake. */
  readonly line: string
  /** The sentences of the compiler, without the place. */
  readonly sentences: string
}

const SOURCES = join(ROOT, 'apps/invoices/src')
// ignored by git, the formatter and the repository's own tsconfig; inside the app, so that its packages are found
const FOLDER = join(ROOT, 'apps/invoices/dist/mistakes')

/**
 * Makes each mistake in a copy of the tutorial's file, and compiles all copies.
 *
 * @throws {Error} when the file does not have the text once, or the compiler accepts a mistake
 */
export async function compileMistakes(mistakes: readonly Mistake[]): Promise<CompiledMistake[]> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const programs = mistakes.map((mistake, index) => {
    const source = readFileSync(join(SOURCES, mistake.file), 'utf8')
    const [before = '', after, ...more] = source.split(mistake.right)
    if (after === undefined || more.length > 0) {
      throw new Error(`${mistake.file} does not have this text once: ${mistake.right}`)
    }
    const wrong = `${before}${mistake.wrong}${after}`
    const file = `mistake-${index}.ts`
    writeFileSync(join(FOLDER, file), wrong.replaceAll("'./", "'../../src/"))
    const line = wrong.split('\n')[before.split('\n').length - 1] ?? ''
    return { ...mistake, file: mistake.file, copy: file, line: line.trim() }
  })
  const config = { extends: join(ROOT, 'tsconfig.json'), include: ['mistake-*.ts'], exclude: [] }
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config))

  const printed = await runNode([NEWEST_TSC, '-p', '.', '--pretty', 'false'], { cwd: FOLDER })
    .then(() => '')
    .catch((error: Error) => error.message)
  return programs.map(({ copy, ...mistake }) => {
    const sentences = sentencesOf(printed, copy)
    if (sentences === '')
      throw new Error(`the compiler accepts ${mistake.wrong}; it said ${printed}`)
    return { ...mistake, sentences }
  })
}

/** What follows the place of the first error in a file, and the indented lines after it. */
function sentencesOf(printed: string, file: string): string {
  const lines = printed.split('\n')
  const first = lines.findIndex((line) => line.startsWith(`${file}(`))
  if (first === -1) return ''
  const rest = lines.slice(first + 1)
  const end = rest.findIndex((line) => !line.startsWith(' '))
  const message = lines[first]?.replace(/^.*?: error (TS\d+): /, '') ?? ''
  return [message, ...rest.slice(0, end)].join('\n')
}
