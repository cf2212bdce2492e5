// Callback URLs a second, for 1,024 exchanges by turns: node bench/resolve-url.ts
// Prism takes part once it is installed: npm install --ignore-scripts --no-package-lock --prefix bench/peers
import { type Exchange, parseTemplate, resolveUrl } from '../src/index.ts'

const ROUNDS = 9
const EXCHANGES = 1_024

interface Scenario {
  readonly name: string
  readonly key: string
  /** The query of one exchange. */
  readonly queryOf: (client: string) => string
  /** The same by hand, without this package and its checks. */
  readonly byHand: (exchange: Exchange) => string
}

interface Contender {
  readonly name: string
  readonly iterations: number
  readonly run: (exchange: Exchange) => string
}

type Body = Readonly<Record<string, string>>
type ResolvePrism = (key: string, request: object, response: object) => string

const TUTORIAL = '{$request.query.callback_url}/invoices/{$request.body#/id}'

function tutorialByHand({ request }: Exchange): string {
  const callback = new URL(request.url).searchParams.get('callback_url')
  return `${callback}/invoices/${encodeURIComponent((request.body as Body).id ?? '')}`
}

const scenarios: readonly Scenario[] = [
  {
    name: 'the tutorial, one client that asks again and again',
    key: TUTORIAL,
    queryOf: () => `callback_url=${encodeURIComponent('https://www.external.org/events')}`,
    byHand: tutorialByHand,
  },
  {
    name: 'the tutorial, 1,024 clients by turns, their queries percent-encoded',
    key: TUTORIAL,
    queryOf: (client) => `callback_url=${encodeURIComponent(`https://${client}/events`)}`,
    byHand: tutorialByHand,
  },
  {
    name: 'the tutorial, 1,024 clients by turns, their queries as they are typed',
    key: TUTORIAL,
    queryOf: (client) => `callback_url=https://${client}/events`,
    byHand: tutorialByHand,
  },
  {
    name: 'the tutorial, 1,024 clients by turns, their URLs with a port and a dot',
    key: TUTORIAL,
    queryOf: (client) => `callback_url=${encodeURIComponent(`https://${client}:8443/a.b`)}&x=1`,
    byHand: tutorialByHand,
  },
  {
    name: 'the tutorial, 1,024 clients by turns, whose URLs have to be parsed',
    key: TUTORIAL,
    queryOf: (client) => `callback_url=${encodeURIComponent(`https://${client}/a,b`)}&x=1`,
    byHand: tutorialByHand,
  },
  {
    name: 'one member of the body',
    key: 'https://ops.example.com/invoices/{$request.body#/id}',
    queryOf: () => '',
    byHand: ({ request }) =>
      `https://ops.example.com/invoices/${encodeURIComponent((request.body as Body).id ?? '')}`,
  },
  {
    name: 'two members of the body',
    key: 'https://ops.example.com/{$request.body#/id}?customer={$request.body#/customer}',
    queryOf: () => '',
    byHand: ({ request }) => {
      const { id = '', customer = '' } = request.body as Body
      return `https://ops.example.com/${encodeURIComponent(id)}?customer=${encodeURIComponent(customer)}`
    },
  },
]

const prism = await loadPrism()
if (!prism)
  console.log('without Prism, which is not installed: the second line of this file has how\n')
for (const scenario of scenarios) report(scenario)

function report({ name, key, queryOf, byHand }: Scenario): void {
  const exchanges = Array.from({ length: EXCHANGES }, (_, index) => {
    return exchangeOf(queryOf(`www.client-${index}.org`), index)
  })
  const template = parseTemplate(key)
  const contenders: Contender[] = [
    { name: 'ours', iterations: 200_000, run: (exchange) => urlOf(resolveUrl(template, exchange)) },
    {
      name: 'ours, parsing the key each time',
      iterations: 20_000,
      run: (exchange) => urlOf(resolveUrl(parseTemplate(key), exchange)),
    },
    { name: 'a template literal', iterations: 100_000, run: byHand },
  ]
  if (prism) {
    const response = { statusCode: 200 }
    // it takes a query that is already parsed
    const requests = new Map(exchanges.map((one) => [one, prismRequest(one)] as const))
    const run = (exchange: Exchange) => prism(key, requests.get(exchange) ?? {}, response)
    contenders.push({ name: 'Prism', iterations: 2_000, run })
  }

  const rates = measure(contenders, exchanges)
  const [ours] = [...rates.values()].map(median)
  console.log(name)
  for (const [contender, values] of rates) {
    const rate = median(values)
    const [low, high] = [Math.min(...values), Math.max(...values)].map(thousands)
    const times = (ours ?? 0) / rate
    console.log(
      `  ${contender.padEnd(32)} ${thousands(rate).padStart(7)} k/s  (${low}–${high})  ours is ${times.toFixed(times < 10 ? 2 : 0)} times that`,
    )
  }
}

/** Rates of interleaved rounds, by contender; the first round only warms up. */
function measure(
  contenders: readonly Contender[],
  exchanges: readonly Exchange[],
): Map<string, number[]> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { name, iterations, run } of contenders) {
      let length = 0
      const start = performance.now()
      for (let index = 0; index < iterations; index += 1) {
        const exchange = exchanges[index % EXCHANGES]
        if (exchange) length += run(exchange).length
      }
      const rate = (iterations / (performance.now() - start)) * 1_000
      if (length === 0) throw new Error(`${name} made no URL`)
      if (round > 0) rates.get(name)?.push(rate)
    }
  }
  return rates
}

function exchangeOf(query: string, index: number): Exchange {
  const body = { id: `2expen51ve${index}`, customer: 'Mr. Richie Rich', total: '9999' }
  const request = {
    method: 'POST',
    url: `https://api.example.com/invoices/?${query}`,
    pathParams: {},
    headers: { 'content-type': 'application/json', accept: '*/*', host: 'api.example.com' },
    body,
  }
  // copied, so that no text is a concatenation that is flattened at its first use
  return JSON.parse(JSON.stringify({ request }))
}

function prismRequest({ request }: Exchange): object {
  const { searchParams, pathname } = new URL(request.url)
  const { method, headers, body } = request
  return { method, headers, body, url: { path: pathname, query: Object.fromEntries(searchParams) } }
}

function urlOf(resolution: ReturnType<typeof resolveUrl>): string {
  if (!resolution.ok) throw new Error(resolution.message)
  return resolution.url
}

async function loadPrism(): Promise<ResolvePrism | undefined> {
  const { createRequire } = process.getBuiltinModule('node:module')
  const load = createRequire(new URL('peers/package.json', import.meta.url))
  try {
    const module = load('@stoplight/prism-http/dist/utils/runtimeExpression.js')
    return module.resolveRuntimeExpressions
  } catch {
    return undefined
  }
}

function thousands(rate: number): string {
  return Math.round(rate / 1_000).toLocaleString('en')
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}
