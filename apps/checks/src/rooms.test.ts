import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  describeSurvey,
  importsThatRunUp,
  type OwnImport,
  ownImports,
  roomOf,
  surveyRooms,
} from './rooms.ts'

/** Imports as `from > to`; `:` where they are of types alone, `?` where they are lazy. */
const parse = (...lines: readonly string[]): OwnImport[] =>
  lines.map((line) => {
    const [from = '', sign, to = ''] = line.split(' ')
    return { from, to, isTypeOnly: sign === ':', isLazy: sign === '?' }
  })

describe('ownImports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-rooms-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('finds the imports of own files, and none of tests', () => {
    const files = {
      'index.ts': "export { a } from './low/a.ts'\nimport 'hono'",
      'low/a.ts': "import type { B } from '../high/b.ts'",
      'low/a.test.ts': "import { a } from './a.ts'",
      'high/b.ts': "const late = () => import('../low/a.ts')",
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    expect(ownImports(folder)).toEqual(
      parse('high/b.ts ? low/a.ts', 'index.ts > low/a.ts', 'low/a.ts : high/b.ts'),
    )
  })
})

describe('surveyRooms', () => {
  it('puts what is imported lower, and counts the longest chain', () => {
    const { rooms, floors, backRunning } = surveyRooms(
      parse('index.ts > top/a.ts', 'top/a.ts > middle/b.ts', 'middle/b.ts > low/c.ts'),
    )
    expect(rooms).toEqual(['low', 'middle', 'top', 'index.ts'])
    expect(floors).toBe(4)
    expect(backRunning).toEqual([])
  })

  it('leaves out what stays in a room', () => {
    expect(surveyRooms(parse('low/a.ts > low/b.ts'))).toMatchObject({
      rooms: ['low'],
      floors: 1,
      imports: [],
    })
  })

  it('takes the order in which the fewest imports run up', () => {
    const imports = parse('a/1.ts > b/1.ts', 'a/2.ts > b/2.ts', 'b/1.ts : a/3.ts')
    const { rooms, backRunning } = surveyRooms(imports)
    expect(rooms).toEqual(['b', 'a'])
    expect(backRunning).toEqual(parse('b/1.ts : a/3.ts'))
  })

  it('finds the files that import each other, the largest knot first', () => {
    const imports = parse(
      'x.ts > y.ts',
      'y.ts : x.ts',
      'a.ts : b.ts',
      'b.ts : c.ts',
      'c.ts > a.ts',
      'c.ts > x.ts',
    )
    expect(surveyRooms(imports).knots).toEqual([
      ['a.ts', 'b.ts', 'c.ts'],
      ['x.ts', 'y.ts'],
    ])
  })
})

describe('importsThatRunUp', () => {
  it('goes by the list, where a folder stands for those within', () => {
    const imports = parse(
      'low/a.ts > low/inner/b.ts',
      'low/inner/b.ts : high/c.ts',
      'high/c.ts > low/a.ts',
      'high/c.ts > index.ts',
    )
    expect(importsThatRunUp(imports, ['low', 'high', 'index.ts'])).toEqual(
      parse('low/inner/b.ts : high/c.ts', 'high/c.ts > index.ts'),
    )
  })
})

it('describes a survey in a line', () => {
  const imports = parse('a/1.ts > b/1.ts', 'a/2.ts > b/2.ts', 'b/1.ts : a/1.ts')
  expect(describeSurvey(surveyRooms(imports))).toBe(
    '2 rooms on 2 floors; 3 imports between 2 pairs of them; 1 run back up, 0 of them of values; files in knots: 2',
  )
})

it.each([
  ['index.ts', 'index.ts'],
  ['hono/handler.ts', 'hono'],
  ['schemas/valibot/pipe.ts', 'schemas/valibot'],
])('the room of %s is %s', (path, room) => {
  expect(roomOf(path)).toBe(room)
})
