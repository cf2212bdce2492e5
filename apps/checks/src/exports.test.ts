import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportsOf } from './exports-of.ts'
import { listedExports } from './listed-exports.ts'
import { membersOf } from './workspace.ts'

const packages = membersOf('packages')
const entries = exportsOf(packages)

describe.each(entries)('$specifier', ({ member, specifier, names, undocumented }) => {
  const listed = listedExports(readFileSync(join(member.folder, 'README.md'), 'utf8'))

  it('exports the names that its README lists', () => {
    expect([...(listed.get(specifier) ?? [])].sort()).toEqual([...names].sort())
  })

  it('has a doc comment on each', () => {
    expect(undocumented).toEqual([])
  })
})

describe.each(packages)('the README of $manifest.name', ({ folder, manifest }) => {
  it('lists the exports of no other entry', () => {
    const listed = listedExports(readFileSync(join(folder, 'README.md'), 'utf8'))
    const own = entries.filter(({ member }) => member.folder === folder)
    expect([...listed.keys()], manifest.name).toEqual(own.map(({ specifier }) => specifier))
  })
})
