// Writes the pages of the site that are made from sources and runs, into a folder that git ignores.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { membersOf, ROOT, readManifest } from 'checks/src/workspace.ts'
import { MISTAKES } from '../../../packages/core/test/key-mistakes.ts'
import { compileMistakes } from './mistakes/compile-mistakes.ts'
import { mistakesPage } from './mistakes/mistakes-page.ts'
import { TUTORIAL_MISTAKES } from './mistakes/tutorial-mistakes.ts'
import { readExports } from './reference/read-exports.ts'
import { referencePage } from './reference/reference-page.ts'
import { runTutorial } from './start/run-tutorial.ts'
import { startPage } from './start/start-page.ts'

const FOLDER = join(ROOT, 'apps/docs/generated')
const EXAMPLE = join(ROOT, 'apps/invoices/src')

rmSync(FOLDER, { recursive: true, force: true })

const compiling = compileMistakes(TUTORIAL_MISTAKES) // in a process of its own

const entries = readExports(membersOf('packages'))
for (const name of new Set(entries.map(({ member }) => member.name))) {
  const own = entries.filter(({ member }) => member.name === name)
  write(`reference/${name}.md`, referencePage(own, entries))
}

const mistakes = await compiling
write('errors.md', mistakesPage(mistakes, MISTAKES))
write(
  'index.md',
  startPage({
    description: readManifest(ROOT).description ?? '',
    invoices: readFileSync(join(EXAMPLE, 'invoices.ts'), 'utf8'),
    external: readFileSync(join(EXAMPLE, 'external.ts'), 'utf8'),
    run: await runTutorial(),
    mistake: mistakes[0] as (typeof mistakes)[number],
  }),
)

function write(path: string, markdown: string): void {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true })
  writeFileSync(join(FOLDER, path), markdown)
}
