import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('are without numbered placeholders, which Node 22.13 cannot bind by position', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
  const numbered = sources.filter((name) =>
    /\?\d/.test(readFileSync(join(import.meta.dirname, name), 'utf8')),
  )
  expect(sources.length).toBeGreaterThan(10)
  expect(numbered).toEqual([])
})
