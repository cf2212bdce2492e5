import { describe, expect, it } from 'vitest'
import { code, plain, quotation } from './markdown.ts'

describe('plain', () => {
  it.each([
    ['The order was paid', 'The order was paid'],
    ['a *b* [c](javascript:d)', 'a \\*b\\* \\[c\\]\\(javascript\\:d\\)'],
    ['<b onclick="x">', '\\<b onclick\\=\\"x\\"\\>'],
    ['one\n\n# two', 'one \\# two'],
    ['back\\slash', 'back\\\\slash'],
  ])('writes %j as itself', (text, markdown) => {
    expect(plain(text)).toBe(markdown)
  })
})

describe('code', () => {
  it.each([
    ['{$url}', '`{$url}`'],
    ['a `b` c', '``a `b` c``'],
    ['`a``b', '``` `a``b ```'],
    ['a\nb', '`a b`'],
    ['', ''],
  ])('writes %j as itself', (text, markdown) => {
    expect(code(text)).toBe(markdown)
  })
})

describe('quotation', () => {
  it('holds every line, however it ends', () => {
    expect(quotation('a\r\nb\r\rc\n')).toBe('> a\n> b\n> \n> c')
  })
})
