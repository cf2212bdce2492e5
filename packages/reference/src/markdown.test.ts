import { describe, expect, it } from 'vitest'
import { escapeText, formatCode, quoteMarkdown } from './markdown.ts'

describe('escapeText', () => {
  it.each([
    ['The order was paid', 'The order was paid'],
    ['a *b* [c](javascript:d)', 'a \\*b\\* \\[c\\]\\(javascript\\:d\\)'],
    ['<b onclick="x">', '\\<b onclick\\=\\"x\\"\\>'],
    ['one\n\n# two', 'one \\# two'],
    ['back\\slash', 'back\\\\slash'],
  ])('writes %j as itself', (text, markdown) => {
    expect(escapeText(text)).toBe(markdown)
  })
})

describe('formatCode', () => {
  it.each([
    ['{$url}', '`{$url}`'],
    ['a `b` c', '``a `b` c``'],
    ['`a``b', '``` `a``b ```'],
    ['a\nb', '`a b`'],
    ['', ''],
  ])('writes %j as itself', (text, markdown) => {
    expect(formatCode(text)).toBe(markdown)
  })
})

describe('quoteMarkdown', () => {
  it('quotes every line, whatever ends it', () => {
    expect(quoteMarkdown('a\r\nb\r\rc\n')).toBe('> a\n> b\n> \n> c')
  })
})
