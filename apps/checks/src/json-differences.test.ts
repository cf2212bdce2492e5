import { describe, expect, it } from 'vitest'
import { jsonDifferences, renameMember } from './json-differences.ts'

describe('jsonDifferences', () => {
  it.each([
    ['nothing', { a: [1, { b: null }], c: {} }, { a: [1, { b: null }], c: {} }, []],
    ['another value', { a: { b: 1 } }, { a: { b: 2 } }, [{ at: '/a/b', was: 1, is: 2 }]],
    ['a member less', { a: 1, b: { c: 2 } }, { a: 1 }, [{ at: '/b', was: { c: 2 } }]],
    ['a member more', { a: 1 }, { a: 1, b: { c: 2 } }, [{ at: '/b', is: { c: 2 } }]],
    ['an item more', [1], [1, 2], [{ at: '/1', is: 2 }]],
    [
      'other members',
      { a: { b: 1 } },
      { a: { c: 1 } },
      [{ at: '/a', was: { b: 1 }, is: { c: 1 } }],
    ],
    ['another kind', { a: [] }, { a: {} }, [{ at: '/a', was: [], is: {} }]],
    ['null', { a: {} }, { a: null }, [{ at: '/a', was: {}, is: null }]],
    ['a name to escape', { a: 1, '/b~': 1 }, { a: 1 }, [{ at: '/~1b~0', was: 1 }]],
    [
      'a name that every object inherits',
      { a: 1 },
      { a: 1, constructor: 1 },
      [{ at: '/constructor', is: 1 }],
    ],
  ])('finds %s', (_, first, second, expected) => {
    expect(jsonDifferences(first, second)).toEqual(expected)
  })
})

describe('renameMember', () => {
  it('renames a member at any depth', () => {
    const document = { paths: { '/a/': { get: {} }, '/b': {} }, info: {} }
    expect(renameMember(document, '/paths/~1a~1', '/a')).toEqual({
      paths: { '/a': { get: {} }, '/b': {} },
      info: {},
    })
    expect(document.paths).toHaveProperty(['/a/'])
  })

  it('names a pointer that leads to nothing', () => {
    expect(() => renameMember({ paths: {} }, '/paths/~1a', 'b')).toThrow('nothing at /~1a')
  })
})
