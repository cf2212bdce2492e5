import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from 'checks/src/run-node.ts'
import { NEWEST_TSC } from 'checks/src/typescript-versions.ts'
import { ROOT } from 'checks/src/workspace.ts'
import type { Mistake } from './tutorial-mistake.ts'

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
const COPY = 'mistake.ts'

/**
 * Makes a mistake in a copy of the tutorial's file, and compiles the copy.
 *
 * @throws {Error} when the file does not have the text once, or the compiler accepts the mistake
 */
export async function compileMistake(mistake: Mistake): Promise<CompiledMistake> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const source = readFileSync(join(SOURCES, mistake.file), 'utf8')
  const [before = '', after, ...more] = source.split(mistake.right)
  if (after === undefined || more.length > 0) {
    throw new Error(`${mistake.file} does not have this text once: ${mistake.right}`)
  }
  const wrong = `${before}${mistake.wrong}${after}`
  writeFileSync(join(FOLDER, COPY), wrong.replaceAll("'./", "'../../src/"))
  const config = { extends: join(ROOT, 'tsconfig.json'), include: [COPY], exclude: [] }
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config))

  const printed = await runNode([NEWEST_TSC, '-p', '.', '--pretty', 'false'], { cwd: FOLDER })
    .then(() => '')
    .catch((error: Error) => error.message)
  const sentences = sentencesOf(printed, COPY)
  if (sentences === '') {
    throw new Error(`the compiler accepts ${mistake.wrong}; it said ${printed}`)
  }
  const line = wrong.split('\n')[before.split('\n').length - 1] ?? ''
  return { ...mistake, line: line.trim(), sentences }
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
