// Writes the pages of the site that are made from sources and runs, into a folder that git ignores.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { membersOf, ROOT, readManifest } from 'checks/src/workspace.ts'
import { compileMistake } from './mistakes/compile-mistake.ts'
import { TUTORIAL_MISTAKE } from './mistakes/tutorial-mistake.ts'
import { readExports } from './reference/read-exports.ts'
import { referencePage } from './reference/reference-page.ts'
import { runTutorial } from './start/run-tutorial.ts'
import { startPage } from './start/start-page.ts'

const FOLDER = join(ROOT, 'apps/docs/generated')
const EXAMPLE = join(ROOT, 'apps/invoices/src')

rmSync(FOLDER, { recursive: true, force: true })

const compiling = compileMistake(TUTORIAL_MISTAKE) // in a process of its own

const entries = readExports(membersOf('packages'))
for (const name of new Set(entries.map(({ member }) => member.name))) {
  const own = entries.filter(({ member }) => member.name === name)
  write(`reference/${name}.md`, referencePage(own, entries))
}

write(
  'index.md',
  startPage({
    description: readManifest(ROOT).description ?? '',
    invoices: readFileSync(join(EXAMPLE, 'invoices.ts'), 'utf8'),
    external: readFileSync(join(EXAMPLE, 'external.ts'), 'utf8'),
    run: await runTutorial(),
    mistake: await compiling,
  }),
)

function write(path: string, markdown: string): void {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true })
  writeFileSync(join(FOLDER, path), markdown)
}
