// The compiler's error when the tutorial's callback reads a value that its operation does not declare.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import tsconfig from '../../../tsconfig.json' with { type: 'json' }
import { runNode } from './run-node.ts'
import { NEWEST_TSC, OLDEST_TSC } from './typescript-versions.ts'
import { ROOT } from './workspace.ts'

// ignored by git, the formatter and the repository's own tsconfig; inside the app, so that its packages are found
const FOLDER = join(ROOT, 'apps/invoices/dist/expression-error')
const INVOICES = readFileSync(join(ROOT, 'apps/invoices/src/invoices.ts'), 'utf8').replace(
  './invoice-table.ts',
  '../../src/invoice-table.ts',
)

// the repository's, but for the one that came after the oldest TypeScript
const { erasableSyntaxOnly: _, ...OPTIONS } = tsconfig.compilerOptions

const ERROR =
  "Argument of type '\"invoiceNotification\"' is not assignable to parameter of type '\"the request body has no '/idd'; did you mean '/id'?\"'."

async function compile(compiler: string, name: string, program: string): Promise<string> {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${name}.ts`), program)
  const config = { compilerOptions: OPTIONS, files: [`${name}.ts`] }
  writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify(config))
  return runNode([compiler, '-p', `${name}.json`], { cwd: FOLDER }).catch((error) => error.message)
}

describe.each([
  ['oldest', OLDEST_TSC],
  ['newest', NEWEST_TSC],
])('the invoices application, with the %s TypeScript', (age, compiler) => {
  it('compiles as it is', { timeout: 60_000 }, async () => {
    expect(await compile(compiler, `right-${age}`, INVOICES)).toBe('')
  })

  it('does not compile with /idd in its key, and gives the reason in the first line', {
    timeout: 60_000,
  }, async () => {
    const wrong = INVOICES.replace('#/id}', '#/idd}')
    expect(wrong).not.toBe(INVOICES)
    const printed = await compile(compiler, `wrong-${age}`, wrong)
    const lines = printed.split('\n').filter((line) => line.includes('error TS'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(ERROR)
  })
})

describe('the README', () => {
  it('shows that error', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(ERROR)
  })
})
