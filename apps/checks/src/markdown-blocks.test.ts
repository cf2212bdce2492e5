import { describe, expect, it } from 'vitest'
import { markdownBlocks } from './markdown-blocks.ts'

describe('markdownBlocks', () => {
  it('gives language, words, code and line', () => {
    expect(
      markdownBlocks('# A\n\n```ts continues not-run\na()\n\nb()\n```\n\n```\nc\n```'),
    ).toEqual([
      { language: 'ts', words: ['continues', 'not-run'], code: 'a()\n\nb()', line: 4 },
      { language: '', words: [], code: 'c', line: 10 },
    ])
  })

  it.each([
    ['a longer fence', '````md\n```ts\n```\n````', '```ts\n```'],
    ['tildes', '~~~ts\n```\n~~~', '```'],
    ['a list', '- a\n\n  ```ts\n  if (a) {\n    b()\n  }\n  ```', 'if (a) {\n  b()\n}'],
    ['a quotation', '> ```ts\n> a()\n>\n> b()\n> ```', 'a()\n\nb()'],
    ['an empty block', '```ts\n```', ''],
    ['Windows line ends', '```ts\r\na()\r\n```\r\n', 'a()'],
  ])('reads %s', (_name, markdown, code) => {
    expect(markdownBlocks(markdown)).toEqual([expect.objectContaining({ code })])
  })

  it('ignores inline code', () => {
    expect(markdownBlocks('```not a block```')).toEqual([])
  })

  it('refuses a block without an end', () => {
    expect(() => markdownBlocks('a\n```ts\nb')).toThrow('line 2')
  })
})
