import { describe, expect, it } from 'vitest'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import { layOut } from './layout.ts'
import { placeOf } from './place.ts'

const refuse = (code: ExpressionErrorCode): never => {
  throw new ExpressionError(code, '')
}

function placesOf(outline: string) {
  layOut(outline, refuse)
  return Array.from(outline.matchAll(/\{/g), ({ index }) => placeOf(outline, index))
}

describe('layOut', () => {
  it.each([
    ['{', ['url']],
    ['{/a?b={&c={', ['url', 'query', 'query']],
    ['{&b={', ['url', 'path']],
    ['{://h.example/{', ['scheme', 'segment']],
    ['https://{', ['host']],
    ['https://{:{/{', ['host', 'port', 'segment']],
    ['https://{.{.example.com./{', ['label', 'label', 'segment']],
    ['https://[::1]:{/', ['port']],
    ['https://h.example/{/v{/{{?{#', ['segment', 'path', 'path', 'path', 'query']],
    ['/{/x', ['segment']],
    ['a/{', ['segment']],
  ])('places the expressions of %s', (outline, positions) => {
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
    ['{{://h.example', 'unsafe-scheme'],
    ['ftp://h.example/{', 'unsafe-scheme'],
    ['javascript:{', 'unsafe-scheme'],
    ['h.example:443/{', 'unsafe-scheme'],
    ['https://{@h.example/', 'unsafe-template'],
    ['https://{.a@h.example/', 'userinfo'],
    ['https://a:b@h.example/{', 'userinfo'],
    ['https:h.example/{', 'invalid-url'],
    ['https:///{', 'invalid-url'],
    ['https://[{]/', 'unsafe-template'],
    ['https://[::1/{', 'invalid-url'],
    ['//h.example/{', 'not-absolute'],
    ['https://h.example/a b{', 'unsafe-char'],
    ['https://h.example/\\{', 'unsafe-char'],
    ['', 'empty'],
  ])('refuses %j', (outline, code) => {
    expect(() => layOut(outline, refuse)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['https://h.example/{/..{', [undefined, '']],
    ['https://h.example/.{%2e/', ['%2e']],
    ['https://h.example/{{/', [undefined, '']],
    ['https://h.example/.x{/', [undefined]],
    ['{/{', ['/', undefined]],
  ])('keeps the text after the values of %s that has to be checked with them', (outline, tails) => {
    expect(placesOf(outline).map(({ tail }) => tail)).toEqual(tails)
  })

  it.each([
    ['{', true],
    ['{/a?b={', true],
    ['https://h.example/{?b={', true],
    ['https://h.example?b={', false],
    ['https://H.example/{', false],
    ['https://h.example/a/../{', false],
    ['https://{.example.com/', false],
    ['{&b={', false],
    ['/{', false],
  ])('knows whether %s is canonical', (outline, isCanonical) => {
    expect(layOut(outline, refuse)).toMatchObject({ isCanonical })
  })
})
