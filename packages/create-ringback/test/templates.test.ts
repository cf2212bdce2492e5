import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { TEMPLATES } from '../src/create-project.ts'

const FOLDER = fileURLToPath(new URL('../templates', import.meta.url))
const EDGE = fileURLToPath(new URL('../../../apps/edge', import.meta.url))
const read = (...path: string[]) => readFileSync(join(FOLDER, ...path), 'utf8')
const own = JSON.parse(readFileSync(join(FOLDER, '../package.json'), 'utf8'))

describe('the templates', () => {
  it('have the same operations, receiver and tests', () => {
    const files = globSync('{receiver,test}/*.ts', { cwd: join(FOLDER, 'node') })
    expect(files.length).toBeGreaterThan(2)
    for (const file of ['src/operations.ts', ...files]) {
      expect(read('workers', file), file).toBe(read('node', file))
    }
  })

  it.each(Object.keys(TEMPLATES))('%s takes every version from this package', (template) => {
    const { dependencies, devDependencies } = JSON.parse(read(template, 'package.json'))
    const named = { ...dependencies, ...devDependencies }
    expect(new Set(Object.values(named))).toEqual(new Set(['*']))
    expect(Object.keys(own.devDependencies)).toEqual(expect.arrayContaining(Object.keys(named)))
    // what npm would leave out of a package
    expect(existsSync(join(FOLDER, template, '.gitignore'))).toBe(false)
  })

  it('leave out of the Worker what that of this repository leaves out', () => {
    const definedIn = (text: string) => /"define": \{.+?\},/s.exec(text)?.[0]
    const defined = definedIn(read('workers', 'wrangler.jsonc'))
    expect(defined).toContain('__RINGBACK_CHECKS__')
    expect(defined).toBe(definedIn(readFileSync(join(EDGE, 'wrangler.jsonc'), 'utf8')))
  })

  it('name the date and write the assets of the Worker that this repository tests', () => {
    const dateOf = (text: string) => /"compatibility_date": "(.+?)"/.exec(text)?.[1]
    expect(dateOf(read('workers', 'wrangler.jsonc'))).toBe(
      dateOf(readFileSync(join(EDGE, 'wrangler.jsonc'), 'utf8')),
    )
    expect(read('workers', 'src/write-assets.ts')).toBe(
      readFileSync(join(EDGE, 'src/write-assets.ts'), 'utf8'),
    )
  })
})
