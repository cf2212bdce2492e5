import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse-template.ts'
import { segmentOf } from './position.ts'

/** Parses an outline: the text of a key, with a brace for each expression. */
const templateOf = (outline: string) => parseTemplate(outline.replaceAll('{', '{$method}'))

const placesOf = (outline: string) =>
  templateOf(outline).parts.flatMap((part) => (part.kind === 'literal' ? [] : part))

describe('an expression', () => {
  it.each([
    ['{', ['url']],
    ['{/a?b={&c={', ['url', 'query', 'query']],
    ['{&b={', ['url', 'path']],
    ['{://h.example/{', ['scheme', 'path']],
    ['https://{', ['host']],
    ['https://{:{/{', ['host', 'port', 'path']],
    ['https://{.{.example.com./{', ['label', 'label', 'path']],
    ['https://[::1]:{/', ['port']],
    ['https://h.example/{/v{/{{?{#', ['path', 'path', 'path', 'path', 'query']],
    ['/{/x', ['path']],
    ['a/{', ['path']],
  ])('is placed in %s', (outline, positions) => {
    expect(placesOf(outline).map(({ position }) => position)).toEqual(positions)
  })

  it.each([
    ['https://h.example{', 'unsafe-template'],
    ['https://h.example.{', 'unsafe-template'],
    ['https://x{.example.com', 'unsafe-template'],
    ['https://{x.example.com', 'unsafe-template'],
    ['https://{{/', 'unsafe-template'],
    ['https://{./', 'unsafe-template'],
    ['https://h.example:8{', 'unsafe-template'],
    ['{{', 'unsafe-template'],
    ['{x', 'unsafe-template'],
    ['{:8080', 'unsafe-template'],
    ['{@h.example/', 'unsafe-template'],
    ['http{://h.example', 'unsafe-scheme'],
    ['{{://h.example', 'unsafe-template'],
    ['ftp://h.example/{', 'unsafe-scheme'],
    ['javascript:{', 'unsafe-scheme'],
    ['h.example:443/{', 'unsafe-scheme'],
    ['https://{@h.example/', 'unsafe-template'],
    ['https://{.a@h.example/', 'userinfo'],
    ['https://a:b@h.example/{', 'userinfo'],
    ['https:h.example/{', 'invalid-url'],
    ['https:///{', 'invalid-url'],
    ['https://[{]/', 'unsafe-template'],
    ['https://[::{]/', 'unsafe-template'],
    ['https://[::1/{', 'invalid-url'],
    ['//h.example/{', 'not-absolute'],
    ['https://h.example/a b{', 'unsafe-char'],
    ['https://h.example/\\{', 'unsafe-char'],
    ['#', 'empty'],
  ])('is refused in %j', (outline, code) => {
    expect(() => templateOf(outline)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['https://h.example/{/..{', ['/..{}', '']],
    ['https://h.example/.{%2e/', ['%2e/']],
    ['{/{', ['/{}', '']],
  ])('knows the text after it in %s', (outline, texts) => {
    expect(placesOf(outline).map(({ after }) => after)).toEqual(texts)
  })
})

describe('a template', () => {
  it.each([
    ['{', true],
    ['{/a?b={', true],
    ['https://h.example/{?b={', true],
    ['https://h.example?b={', false],
    ['https://H.example/{', false],
    ['https://h.example/a/../{', false],
    ['https://{.example.com/', false],
    ['https://h.example:{/', false],
    ['http://h.example/:{', true],
    ['{://h.example/', false],
    ['{&b={', false],
    ['/{', false],
  ])('knows whether %s is canonical', (outline, isCanonical) => {
    expect(templateOf(outline)).toMatchObject({ isCanonical })
  })
})

describe('segmentOf', () => {
  it.each([
    ['https://', '.h.example/a', '.h.example'],
    ['https://h.example/a/b', 'c?d', 'bc'],
    ['https://h.example/', '?d/e', ''],
    ['', 'a', 'a'],
  ])('finds where %j and %j meet', (before, after, segment) => {
    expect(segmentOf(before, after)).toBe(segment)
  })
})
