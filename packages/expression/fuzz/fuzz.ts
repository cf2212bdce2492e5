// A million texts of random bytes and a million mutations of the vectors through the whole package:
// npm run fuzz [-- cases [first seed]]. Seeds that fail are kept in seeds.json, which the tests run from then on.
import { readFileSync, writeFileSync } from 'node:fs'
import { fuzz } from './run.ts'

const SEEDS = new URL('seeds.json', import.meta.url)

const [count = '1000000', first = String(Date.now() | 0)] = process.argv.slice(2)
const cases = Number(count)
const start = performance.now()
console.log(`${cases.toLocaleString('en')} of each kind, first seed ${first}`)

const failures = fuzz(Number(first), (done) => {
  if (done > 0 && done % 100_000 === 0) console.log(`${done.toLocaleString('en')} …`)
  return done < cases
})
for (const { kind, seed, error } of failures) console.error(`${kind} ${seed}:`, error)

if (failures.length > 0) {
  const kept: unknown[] = JSON.parse(readFileSync(SEEDS, 'utf8'))
  const found = failures.map(({ kind, seed }) => ({ kind, seed }))
  writeFileSync(SEEDS, `${JSON.stringify([...kept, ...found], null, 2)}\n`)
  console.error(`${failures.length} failed: their seeds are in ${SEEDS.pathname}`)
  process.exitCode = 1
} else {
  console.log(`none failed, in ${Math.round((performance.now() - start) / 1000)} s`)
}
