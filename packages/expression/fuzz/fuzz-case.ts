import type { Exchange } from '../src/index.ts'
import { vectors } from '../src/vectors.ts'
import type { FuzzCase } from './check.ts'
import { mutateJson, mutateText, randomText } from './mutate.ts'
import { type Random, randomOf } from './random.ts'

export type FuzzKind = 'bytes' | 'mutations'

const DECLARED = { path: ['tenant'], query: ['callback_url', 'a"b'], header: ['X-Callback'] }
const KEYS = vectors.flatMap(({ mode, source }) =>
  mode === 'url' || mode === 'compat' ? source : [],
)
const SOURCES = vectors.map(({ source }) => source)

/**
 * Makes the case of a seed: texts of random bytes, or vectors with random changes.
 *
 * @example
 * fuzzCase('bytes', 7)
 */
export function fuzzCase(kind: FuzzKind, seed: number): FuzzCase {
  const random = randomOf(seed)
  return kind === 'bytes' ? caseOfBytes(random) : caseOfMutations(random)
}

function caseOfBytes(random: Random): FuzzCase {
  const text = () => randomText(random)
  const heads = [
    '',
    '$',
    '$request.',
    '$request.query.',
    '$request.header.',
    '$request.body',
    '$request.body#',
  ]
  const start = [
    '',
    '',
    'https://ops.example.com/',
    '{$request.path.v}',
    'https://{$request.query.v}/',
  ]
  return {
    expression: random.pick(heads) + text(),
    key: random.pick(start) + text() + random.pick(['', '{$request.body}', '{$request.body#/v}/']),
    exchange: {
      request: {
        method: text(),
        url: random.pick(['', 'https://api.example.com/?v=', '?']) + text(),
        pathParams: { v: text(), [text()]: text() },
        headers: { v: text(), [text()]: [text(), text()] },
        body: random.pick([text(), { v: text() }, [text()], undefined]),
      },
    },
    declared: random.pick([{}, DECLARED]),
  }
}

function caseOfMutations(random: Random): FuzzCase {
  const { source, exchange } = random.pick(vectors)
  const texts = random.below(4) === 0 ? SOURCES : KEYS
  const key = random.pick(texts)
  return {
    expression: mutateText(source, SOURCES, random),
    key: random.below(4) === 0 ? key : mutateText(key, KEYS, random),
    exchange: mutateExchange(exchange, random),
    declared: random.pick([{}, DECLARED]),
  }
}

function mutateExchange({ request, response }: Exchange, random: Random): Exchange {
  const texts = (record: Readonly<Record<string, string | readonly string[]>>) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [
        name,
        typeof value === 'string' && random.below(4) === 0
          ? mutateText(value, SOURCES, random)
          : value,
      ]),
    )
  const url = random.below(2) === 0 ? mutateText(request.url, SOURCES, random) : request.url
  return {
    request: {
      method: request.method,
      url,
      pathParams: texts(request.pathParams) as Record<string, string>,
      headers: texts(request.headers),
      body: mutateJson(request.body, SOURCES, random),
    },
    ...(response && {
      response: {
        status: response.status,
        headers: texts(response.headers),
        body: mutateJson(response.body, SOURCES, random),
      },
    }),
  }
}
