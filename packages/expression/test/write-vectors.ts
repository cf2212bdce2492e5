// Writes the vectors as a module, which every bundler and runtime can read: npm run vectors
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const source = new URL('vectors/runtime-expressions.json', import.meta.url)
const target = new URL('../src/vectors/data.ts', import.meta.url)

const { defaults, vectors } = JSON.parse(readFileSync(source, 'utf8'))
const data = JSON.stringify({ defaults, vectors }, null, 2)
  // an editor may normalise other characters, and two of the names differ by that alone
  .replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

writeFileSync(
  target,
  `// made from test/vectors/runtime-expressions.json by test/write-vectors.ts
import type { VectorData } from './vectors.ts'

export const data: VectorData = ${data}
`,
)
execFileSync('biome', ['format', '--write', target.pathname], { stdio: 'inherit' })
