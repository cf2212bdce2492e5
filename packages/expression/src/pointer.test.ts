import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPointer, parsePointer, resolvePointer } from './pointer.ts'

// RFC 6901, section 5
const document = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
}

describe('resolvePointer', () => {
  it.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('finds %j', (source, expected) => {
    expect(resolvePointer(document, parsePointer(source) ?? ['?'])).toEqual(expected)
  })

  it.each(['/foo/2', '/foo/-', '/foo/00', '/foo/1e0', '/foo/length', '/constructor', '/foo/0/0'])(
    'finds nothing at %s',
    (source) => {
      expect(resolvePointer(document, parsePointer(source) ?? [])).toBeUndefined()
    },
  )
})

describe('parsePointer', () => {
  it.each(['a', '/~', '/~2', '#/a'])('refuses %j', (source) => {
    expect(parsePointer(source)).toBeUndefined()
  })

  it('is the reverse of formatPointer', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (pointer) => {
        expect(parsePointer(formatPointer(pointer))).toEqual(pointer)
      }),
    )
  })
})
