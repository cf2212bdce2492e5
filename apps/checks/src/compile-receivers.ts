import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from './run-node.ts'
import { NEWEST_TSC } from './typescript-versions.ts'
import { ROOT } from './workspace.ts'

const MAIN = join(ROOT, 'packages/cli/src/main.ts')
// below this app, which has the packages of a receiver
const FOLDER = join(import.meta.dirname, '../dist/receivers-of-corpus')
const TWENTY_MINUTES = 20 * 60_000

/** Writes a receiver for each document, as `ringback receiver` does, and compiles it; gives the errors. */
export async function compileReceivers(documents: readonly string[]): Promise<string[]> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const [index, document] of documents.entries()) {
    const args = [MAIN, 'receiver', document, '--out', join(FOLDER, String(index))]
    await runNode(['--disable-warning=ExperimentalWarning', ...args], { cwd: FOLDER })
  }
  const failed: string[] = []
  for (const name of readdirSync(FOLDER)) {
    const cwd = join(FOLDER, name)
    await runNode([NEWEST_TSC, '-p', '.'], { cwd, timeout: TWENTY_MINUTES }).catch((error) => {
      failed.push(`${documents[Number(name)]}: ${String(error).slice(0, 2000)}`)
    })
  }
  return failed
}

/** Writes a receiver for each document as data, and compiles all at once; gives the errors. */
export async function compileTogether(
  documents: Readonly<Record<string, object>>,
): Promise<string> {
  const folder = join(FOLDER, '../receivers-of-facts')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [index, document] of Object.values(documents).entries()) {
    const file = join(folder, `${index}.json`)
    writeFileSync(file, JSON.stringify(document))
    const args = [MAIN, 'receiver', file, '--out', join(folder, String(index))]
    await runNode(['--disable-warning=ExperimentalWarning', ...args], { cwd: folder })
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: './0/tsconfig.json', include: ['*/src', '*/test'] }),
  )
  return runNode([NEWEST_TSC, '-p', '.'], { cwd: folder, timeout: 150_000 })
}
