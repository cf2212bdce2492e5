import fc from 'fast-check'
import type { Exchange, HeaderFields } from '../src/index.ts'

/** Names of ordinary requests and of attacks. */
export const name: fc.Arbitrary<string> = fc.constantFrom(
  'id',
  'url',
  'tag',
  '__proto__',
  'constructor',
  'é',
  'a b',
  '0',
  '',
)
/** Names of header fields. */
export const token: fc.Arbitrary<string> = fc.constantFrom(
  'x-callback',
  'X-Tag',
  'location',
  '__proto__',
  'constructor',
)

/** Values of ordinary requests and of attacks. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom('https', '8443', 'hooks.example.com', 'acme', '/cb', '//evil.example', ''),
  fc.constantFrom(
    '.',
    '..',
    '%2e',
    '2e',
    'e',
    '.%2E',
    'a/b',
    'https:evil',
    'https:///evil.example',
  ),
  fc.constantFrom(
    '@evil.example',
    '.evil.example',
    'https://a@b',
    'a\\b',
    'a\r\nb',
    '\ud800',
    '#?&=',
  ),
  fc.constantFrom(
    'https://h.example',
    'https://h.example/',
    'http://h.example/cb?t=1',
    'HTTP://H.example/#x',
  ),
)

/** Any JSON value, with members that the expressions name. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 0, -1.5, 2 ** 53, 1e21, Number.NaN, Number.POSITIVE_INFINITY),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map(Object.fromEntries),
  ),
})).value

const headers: fc.Arbitrary<HeaderFields> = fc
  .array(fc.tuple(token, fc.oneof(text, fc.array(text, { maxLength: 3 }))), { maxLength: 4 })
  .map(Object.fromEntries)

const url = fc
  .array(fc.tuple(name, text), { maxLength: 4 })
  .map((pairs) => `https://api.example.com/invoices?${new URLSearchParams(pairs)}`)

/** An exchange, with or without a response and bodies. */
export const exchange: fc.Arbitrary<Exchange> = fc.record({
  request: fc.record(
    {
      method: fc.constantFrom('GET', 'POST', 'QUERY'),
      url: fc.oneof(url, fc.string()),
      pathParams: fc.array(fc.tuple(name, text), { maxLength: 3 }).map(Object.fromEntries),
      headers,
      body: json,
    },
    { requiredKeys: ['method', 'url', 'pathParams', 'headers'] },
  ),
  response: fc.option(
    fc.record(
      { status: fc.integer(), headers, body: json },
      { requiredKeys: ['status', 'headers'] },
    ),
    { nil: undefined },
  ),
})

const message = fc.constantFrom('$request', '$response')
const pointer = fc
  .array(name, { maxLength: 3 })
  .map((names) => names.map((one) => `/${one}`).join(''))

/** The text of a legal expression that a template may read. */
export const expression: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('$url', '$method', '$statusCode', '$request.body'),
  fc.tuple(message, fc.constantFrom('query', 'path'), name).map((parts) => parts.join('.')),
  fc.tuple(message, token).map(([root, field]) => `${root}.header.${field}`),
  fc.tuple(message, pointer).map(([root, path]) => `${root}.body#${path}`),
)

const literal = fc.oneof(
  fc.constantFrom('https://', 'https://ops.example.com', 'http://ops.example.com:8443/', '://'),
  fc.constantFrom(
    '/',
    '/orders/',
    '/.',
    '/..',
    '/%2e',
    '/a/../',
    '?',
    '?a=',
    '&b=',
    '#',
    '.',
    '%2',
  ),
  fc.constantFrom('.example.com/', ':', '@', 'x', "'", '/é', '[', ']', '//', '\\', ' '),
)

const start = fc.constantFrom(
  'https://ops.example.com/',
  'https://',
  '/',
  '{$request.query.url}',
  '',
)

/** A callback key: often one that makes URLs, often one that must be refused. */
export const key: fc.Arbitrary<string> = fc
  .tuple(
    start,
    fc.array(
      fc.oneof(
        literal,
        expression.map((source) => `{${source}}`),
      ),
      { maxLength: 5 },
    ),
  )
  .map(([head, rest]) => head + rest.join(''))

/** A key with FastAPI's shorthand, right or wrong. */
export const shorthandKey: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      literal,
      fc.oneof(name, token).map((one) => `{$${one}}`),
      fc.tuple(message, name, name).map(([root, a, b]) => `{${root}.body.${a}.${b}}`),
      fc.tuple(message, fc.string()).map(([root, rest]) => `{${root}.${rest}}`),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''))
