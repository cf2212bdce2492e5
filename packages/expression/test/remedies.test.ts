import { describe, expect, it } from 'vitest'
import {
  type ExpressionErrorCode,
  parseExpression,
  parseTemplate,
  resolveUrl,
} from '../src/index.ts'
import { HAS_BLANKS, NOT_A_KEY, NOT_A_POINTER, NOT_BRACED, PROBLEMS } from '../src/problems.ts'

/** The code that a key fails with, when it is parsed or for a value; undefined for a URL. */
function codeOf(key: string, v?: unknown): ExpressionErrorCode | undefined {
  const query = new URLSearchParams([v].flat().map((one) => ['v', String(one)]))
  const url = `https://api.example.com/?${query}`
  const request = { method: 'POST', url, pathParams: {}, headers: {}, body: { v } }
  try {
    const template = parseTemplate(key.replaceAll('{v}', '{$request.body#/v}'))
    const resolution = resolveUrl(template, { request })
    return resolution.ok ? undefined : resolution.code
  } catch (error) {
    return (error as { code: ExpressionErrorCode }).code
  }
}

const DATA = 'https://h.example/{v}'

// what is refused, and the same when its message is followed
describe.each<[ExpressionErrorCode, refused: unknown[], followed: unknown[]]>([
  ['syntax', ['https://h.example/$request.body#/v', 1], [DATA, 1]],
  ['syntax', ['https://h.example/%{v}', 1], ['https://h.example/%25{v}', 1]],
  [
    'syntax',
    ['{$request.body#v}', 'https://h.example'],
    ['{$request.body#/v}', 'https://h.example'],
  ],
  ['syntax', [''], ['https://h.example']],
  ['syntax', ['https://h.example/{$method'], ['https://h.example/{$method}']],
  ['syntax', ['https://h.example/$method}'], ['https://h.example/{$method}']],
  ['syntax', ['https://h.example/{ $method }'], ['https://h.example/{$method}']],
  ['missing', [DATA, null], [DATA, 'a']],
  [
    'multi-value',
    ['{$request.query.v}', ['https://a.example', 'https://b.example']],
    ['{$request.query.v}', 'https://a.example'],
  ],
  [
    'ambiguous',
    ['$request.query.v/{$method}', 'https://h.example'],
    ['{$request.query.v}/{$method}', 'https://h.example'],
  ],
  ['type', [DATA, { a: 1 }], [DATA, 'a']],
  ['type', [DATA, 2 ** 53], [DATA, '9007199254740992']],
  ['type', ['{v}', true], ['{v}', 'https://h.example']],
  ['empty', [DATA, ''], [DATA, 'a']],
  ['unsafe-char', ['{v}', 'https://h.example/a b'], ['{v}', 'https://h.example/ab']],
  ['unsafe-char', [DATA, 'a\ud800'], [DATA, 'a']],
  ['unsafe-char', ['{v}', 'https://a.example\\@b'], ['{v}', 'https://a.example/']],
  ['dot-segment', [DATA, '..'], [DATA, 'a']],
  ['base-has-query', ['{v}/a', 'https://h.example/?t=1'], ['{v}/a', 'https://h.example/']],
  ['base-has-fragment', ['{v}/a', 'https://h.example/#t'], ['{v}/a', 'https://h.example/']],
  ['not-absolute', ['{v}', '/cb'], ['{v}', 'https://h.example/cb']],
  ['not-absolute', ['//h.example/{v}', 1], ['https://h.example/{v}', 1]],
  ['unsafe-scheme', ['{v}', 'ftp://h.example'], ['{v}', 'https://h.example']],
  ['unsafe-scheme', ['{v}://h.example', 'ftp'], ['{v}://h.example', 'https']],
  ['userinfo', ['{v}', 'https://a:b@h.example'], ['{v}', 'https://h.example']],
  ['invalid-url', ['{v}', 'https:h.example'], ['{v}', 'https://h.example']],
  ['invalid-url', ['https://h.example:{v}/', '99999'], ['https://h.example:{v}/', '443']],
  ['unsafe-template', ['https://h.example{v}', 1], ['https://h.example/{v}', 1]],
  ['unsafe-template', ['https://h.example{v}', 1], ['https://h.example?{v}', 1]],
  ['unsafe-template', ['{v}paid', 'https://h.example'], ['{v}/paid', 'https://h.example']],
  ['unsafe-template', ['{v}:8080', 'https://h.example'], ['{v}?:8080', 'https://h.example']],
  ['unsafe-host', ['https://{v}/', 'https://h.example/'], ['https://{v}/', 'h.example']],
  ['unsafe-host', ['https://{v}.h.example/', 'a.b'], ['https://{v}.h.example/', 'a']],
  ['unsafe-host', ['https://h.example:{v}/', 'x'], ['https://h.example:{v}/', 8443]],
  ['sensitive-header', ['https://h.example/{$request.header.cookie}'], ['https://h.example/']],
  ['too-long', [DATA, 'a'.repeat(9_000)], [DATA, 'a'.repeat(8_000)]],
])('%s', (code, [key, value], [better, other]) => {
  it(`is what ${String(key).slice(0, 60)} fails as, and no longer once its message is followed`, () => {
    expect(codeOf(String(key), value)).toBe(code)
    expect(codeOf(String(better), other)).toBeUndefined()
  })
})

describe('the form that a syntax message shows', () => {
  it.each([
    '$request.body.v',
    '$request.cookie.a',
    '$request.query',
    '$request.path',
    '$request.header.',
    '$v',
    'v',
  ])('is legal: %s', (source) => {
    const message = messageOf(() => parseExpression(source))
    const [, form = ''] = /(\$request[^' ]+)'?$/.exec(message) ?? []
    expect(parseExpression(form)).toMatchObject({ root: 'request' })
  })
})

describe('every problem', () => {
  it.each([...Object.values(PROBLEMS), NOT_A_POINTER, NOT_A_KEY, NOT_BRACED, HAS_BLANKS])(
    'has a cause and a remedy: %s',
    (problem) => expect(problem).toMatch(/^[a-z]+ [^;]{3,}; [a-z]+ [^;]+[^.]$/),
  )
})

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return String((error as Error).message)
  }
  throw new Error('nothing was thrown')
}
