import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse-template.ts'

describe('parseTemplate', () => {
  it('keeps the key, its text and its expressions as data', () => {
    const key = 'https://ops.example.com/{$request.body#/id}?n={$request.path.n} '
    const template = parseTemplate(key)
    expect(JSON.parse(JSON.stringify(template))).toEqual(template)
    expect(template).toEqual({
      source: key,
      parts: [
        { kind: 'literal', text: 'https://ops.example.com/' },
        {
          kind: 'expression',
          source: '$request.body#/id',
          expression: { root: 'request', source: 'body', pointer: ['id'] },
          position: 'path',
          after: '?n={}',
        },
        { kind: 'literal', text: '?n=' },
        {
          kind: 'expression',
          source: '$request.path.n',
          expression: { root: 'request', source: 'path', name: 'n' },
          position: 'query',
          after: '',
        },
      ],
      isCanonical: true,
    })
  })

  it.each([
    ['$request.body#/a}b', ['$request.body#/a}b']],
    ['$request.body#/url  ', ['$request.body#/url']],
    ['{$request.body#/url }', ['$request.body#/url ']],
    ['{$request.body#/u}#{$method}', ['$request.body#/u']],
    ['https://h.example/a#b{$method}', ['https://h.example/a']],
    ['https://h.example/$5', ['https://h.example/$5']],
  ])('splits %j', (key, texts) => {
    const { parts } = parseTemplate(key)
    expect(parts.map((part) => (part.kind === 'literal' ? part.text : part.source))).toEqual(texts)
  })

  it.each([
    ['', 'syntax'],
    ['https://h.example/\ud800', 'unsafe-char'],
    ['   ', 'syntax'],
    ['https://h.example/{', 'syntax'],
    ['https://h.example/{$request.body#/a{b}', 'syntax'],
    ['https://h.example/{id}', 'syntax'],
    ['https://h.example/$request.body#/id', 'syntax'],
    ['https://h.example/%2{$method}', 'syntax'],
    ['https://h.example/%{$method}', 'syntax'],
    ['https://h.example/#{$request.nope}', 'syntax'],
    ['$url/{$method}', 'syntax'],
    ['$request.query.url/{$method}', 'ambiguous'],
    ['$response.header.set-cookie', 'sensitive-header'],
    ['https://h.example/#{$request.header.Cookie}', 'sensitive-header'],
    [' {$request.query.url}', 'unsafe-char'],
    ['#top', 'empty'],
    [`https://h.example/${'a'.repeat(8192)}`, 'too-long'],
  ])('refuses %j', (key, code) => {
    expect(() => parseTemplate(key)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    [
      '$request.query.url/{$method}',
      "'$request.query.url/{$method}' mixes text and expressions; put each expression in braces",
    ],
    [
      'https://h.example{$request.body#/v}',
      "'https://h.example{$request.body#/v}' lets a value change the host; put / or ? between expression and text",
    ],
    [
      'https://h.example/{$request.header.authorization}',
      "'$request.header.authorization' reads credentials; read another header",
    ],
    ...[
      'a}',
      'https://h.example/{$request.body#/id',
      '{$request.body#/id',
      '{$method}/{$request.body#/id',
      'https://h.example/{$request.body#/{$method}}',
      'https://h.example/{$request.body#/a}b}',
    ].map((key) => [
      key,
      `'${key}' has a brace without its pair; write { before and } after each expression, and none inside`,
    ]),
    [
      'https://h.example/%{$method}',
      "'https://h.example/%{$method}' is not a callback key; write a URL with %25 for % and each expression in braces",
    ],
    ...['{ $request.body#/id }', '{$request.header.a }', '{$url }'].map((key) => [
      `https://h.example/${key}`,
      `'${key.slice(1, -1)}' has blanks at its start or end; remove them`,
    ]),
    ...['$request.query', '$Request.Path', '$request.header', '$response.header'].map((key) => [
      key,
      `'${key}' lacks a name; write '${key}.NAME'`,
    ]),
    ['$request.header.', "'$request.header.' lacks a name; write '$request.header.NAME'"],
  ])('says what is wrong with %s', (key, message) => {
    expect(() => parseTemplate(key)).toThrow(expect.objectContaining({ message }))
  })
})
