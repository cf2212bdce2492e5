// Every argument of every operation, and every value that does not belong there: JavaScript gets a sentence for each.
import { route, webhook } from '@ringback/core'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import {
  checkAddress,
  checkUrl,
  createSender,
  EgressError,
  generateMasterKey,
  memoryStore,
  SenderError,
} from '../src/index.ts'
import { metrics } from '../src/metrics/index.ts'
import { shardedStore } from '../src/store/index.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const sender = createSender({
  store: memoryStore(),
  secrets,
  masterKey: generateMasterKey(),
  egress: 'platform',
  fetch: async () => new Response(null, { status: 204 }),
  log: false,
})
const paid = webhook('post', 'order.paid')
  .body(v.object({ note: v.string() }))
  .response('2XX')
const order = route('post', '/orders')
  .response(204)
  .handle((c) => c.body(null, 204))

const VALUES = new Map<string, unknown>([
  ['nothing', undefined],
  ['null', null],
  ['a number', 42],
  ['a negative number', -1.5],
  ['NaN', Number.NaN],
  ['a bigint', 5n],
  ['true', true],
  ['a symbol', Symbol('x')],
  ['empty text', ''],
  ['text', 'nope'],
  ['an empty list', []],
  ['a list of text', ['nope']],
  ['a list of numbers', [42]],
  ['a list of undefined', [undefined]],
  ['an empty object', {}],
  ['another object', { nope: 1 }],
  ['an owner that is undefined', { owner: undefined }],
  ['an owner that is a number', { owner: 5 }],
  ['a date', new Date(0)],
  ['a Map', new Map([['owner', 'ann']])],
  ['a promise', Promise.resolve({ owner: 'ann' })],
  ['a function', () => 1],
])

type Call = (value: never) => unknown

/** An argument: the values that it may have, and a call with another. */
type Row = readonly [place: string, fits: readonly string[], call: Call]

const TEXTS = ['text', 'empty text']
const TIMES = ['a number', 'a negative number']
const NONE = ['nothing', 'an empty object']
/** A filter may leave a member out, but not have `undefined`. */
const members = (place: string, call: Call, kinds: Record<string, readonly string[]>): Row[] =>
  Object.entries(kinds).map(([name, fits]) => [
    `${place}.${name}`,
    fits,
    (value) => call({ [name]: value } as never),
  ])

const { endpoints } = sender
const BY_ID = {
  inspect: sender.inspect,
  'endpoints.get': endpoints.get,
  'endpoints.enable': endpoints.enable,
  'endpoints.disable': endpoints.disable,
  'endpoints.delete': endpoints.delete,
  'endpoints.secret': endpoints.secret,
  'endpoints.test': endpoints.test,
  'endpoints.rotate': endpoints.rotate,
}
// for these, a delivery that does not exist is an error
const OF_EXISTING = { cancel: sender.cancel, redrive: sender.redrive }
const endpoint = { owner: 'ann', url: 'https://ann.example/hooks' }
const LIMITS = ['nothing', 'a number']

const ROWS: readonly Row[] = [
  ...Object.entries(BY_ID).flatMap(([name, method]): Row[] => [
    [`the id of ${name}`, TEXTS, (id) => method(id)],
    [`the scope of ${name}`, NONE, (scope) => method('nope', scope)],
    [`the owner of ${name}`, TEXTS, (owner) => method('nope', { owner })],
  ]),
  ...Object.entries(OF_EXISTING).flatMap(([name, method]): Row[] => [
    [`the id of ${name}`, [], (id) => method(id)],
    [`the scope of ${name}`, [], (scope) => method('nope', scope)],
  ]),
  ['endpoints.update', TEXTS, (id) => endpoints.update(id, {})],
  ['the change of endpoints.update', ['an empty object'], (one) => endpoints.update('nope', one)],
  ['the options of endpoints.update', NONE, (how) => endpoints.update('nope', {}, how)],
  ...members('endpoints.update', (how) => endpoints.update('nope', {}, how), {
    verify: ['true'],
    owner: TEXTS,
  }),
  ['endpoints.create', [], (given) => endpoints.create(given)],
  ['the options of endpoints.create', NONE, (how) => endpoints.create(endpoint, how)],
  ...members('endpoints.create', (one: object) => endpoints.create({ ...endpoint, ...one }), {
    owner: ['text'],
    url: [],
    secret: ['nothing'],
    events: ['nothing', 'a list of text'],
    description: ['nothing', ...TEXTS],
    externalId: ['nothing', 'text'],
    metadata: ['nothing', 'an empty object'],
    headers: ['nothing', 'an empty object'],
    limits: NONE,
  }),
  ...members('endpoints.create limits', (limits) => endpoints.create({ ...endpoint, limits }), {
    concurrency: LIMITS,
    rate: LIMITS,
  }),
  ...members('endpoints.rotate', (how) => endpoints.rotate('nope', how), {
    secret: ['nothing'],
    overlap: ['nothing', 'a number'],
  }),
  ['endpoints.list', NONE, (filter) => endpoints.list(filter)],
  ...members('endpoints.list', (filter) => endpoints.list(filter), {
    owner: TEXTS,
    externalId: TEXTS,
    event: TEXTS,
    state: [],
    cursor: TEXTS,
    limit: ['a number'],
  }),
  ['deliveries', NONE, (filter) => sender.deliveries(filter)],
  ...members('deliveries', (filter) => sender.deliveries(filter), {
    id: TEXTS,
    state: [],
    reason: [],
    owner: TEXTS,
    endpoint: TEXTS,
    operationId: TEXTS,
    callback: TEXTS,
    since: TIMES,
    until: TIMES,
    cursor: TEXTS,
    limit: ['a number'],
  }),
  ['stats', [], (filter) => sender.stats(filter)],
  ...members('stats', (one: object) => sender.stats({ since: 0, ...one }), {
    owner: TEXTS,
    callback: TEXTS,
    endpoint: TEXTS,
    since: TIMES,
    every: [],
    held: ['true'],
  }),
  ['recover', [], (filter) => sender.recover(filter)],
  ['the reason alone of recover', [], (reason) => sender.recover({ reason } as never)],
  ...members('recover', (one: object) => sender.recover({ endpoint: 'ep_1', since: 0, ...one }), {
    endpoint: TEXTS,
    since: TIMES,
    until: TIMES,
    reason: [],
  }),
  ['the scope of recover', NONE, (scope) => sender.recover({ endpoint: 'ep_1', since: 0 }, scope)],
  ['replay', [], (filter) => sender.replay(filter)],
  ...members('replay', (one: object) => sender.replay({ endpoint: 'ep_1', since: 0, ...one }), {
    endpoint: TEXTS,
    since: TIMES,
    until: TIMES,
  }),
  ['the scope of replay', NONE, (scope) => sender.replay({ endpoint: 'ep_1', since: 0 }, scope)],
  ['forget', [], (which) => sender.forget(which)],
  ...members('forget', (which) => sender.forget(which), { owner: TEXTS, key: TEXTS, id: TEXTS }),
  ['the listener of on', ['a function'], (listener) => sender.on(listener)],
  ['the operation of resume', [], (operation) => sender.resume(operation, 'key')],
  ['the key of resume', TEXTS, (key) => sender.resume(order, key)],
  ['the scope of resume', NONE, (scope) => sender.resume(order, 'key', scope)],
  ['the owner of resume', TEXTS, (owner) => sender.resume(order, 'key', { owner })],
  ...(['publish', 'preparePublish'] as const).flatMap((name): Row[] => [
    [
      `the webhook of ${name}`,
      [],
      (one: typeof paid) => sender[name](one, { note: '' }, { owner: 'ann' }),
    ],
    [`the payload of ${name}`, [], (payload) => sender[name](paid, payload, { owner: 'ann' })],
    [`the options of ${name}`, [], (options) => sender[name](paid, { note: '' }, options)],
    ...members(
      name,
      (one: object) => sender[name](paid, { note: '' }, { owner: 'ann', ...one } as never),
      {
        owner: ['text'],
        delay: ['nothing', 'a number'],
        expiresAt: ['nothing', 'a number'],
        orderKey: ['nothing', 'text'],
        dedupeKey: ['nothing', 'text'],
        headers: ['nothing'],
        query: ['nothing'],
      },
    ),
  ]),
  [
    'the transaction of preparePublish',
    [],
    async (transaction) => {
      const prepared = await sender.preparePublish(paid, { note: '' }, { owner: 'ann' })
      return prepared.enqueue(transaction)
    },
  ],
]

const build = (options: object) =>
  createSender({ store: memoryStore(), secrets, egress: 'platform', ...options })
const inside = (option: string) => (value: object) => build({ [option]: value })
const ANY_NUMBER = ['nothing', 'a number']

const MADE: readonly Row[] = [
  ['createSender', [], (options) => createSender(options)],
  ...members('createSender', build, {
    store: [],
    secrets: ['a list of text', 'a function'],
    masterKey: ['nothing', 'text', 'a list of text'],
    operations: ['nothing', 'an empty list'],
    credentials: NONE,
    fetch: ['nothing', 'a function'],
    policy: NONE,
    egress: [],
    deadline: ANY_NUMBER,
    schedule: ['nothing', 'a list of numbers'],
    overloadWait: ANY_NUMBER,
    concurrency: ANY_NUMBER,
    limits: [...NONE, 'an owner that is undefined'],
    retention: NONE,
    redact: ['nothing', 'a function'],
    payloadLimit: ANY_NUMBER,
    grace: ANY_NUMBER,
    waitUntil: ['nothing', 'a function'],
    log: ['nothing'],
    tracer: ['nothing'],
    ownHosts: ['nothing', 'an empty list', 'a list of text'],
    clock: ['nothing'],
    undeclared: ['nothing'],
    random: ['nothing', 'a function'],
  }).filter(([place]) => place !== 'createSender.egress'),
  [
    'createSender.egress',
    [],
    (egress) =>
      createSender({ store: memoryStore(), secrets, fetch: async () => new Response(), egress }),
  ],
  ...members('createSender limits', inside('limits'), { endpoint: NONE, owner: NONE }),
  ...(['endpoint', 'owner'] as const).flatMap((name) =>
    members(`createSender limits.${name}`, (limit) => build({ limits: { [name]: limit } }), {
      concurrency: ANY_NUMBER,
      rate: ANY_NUMBER,
    }),
  ),
  ...members('createSender retention', inside('retention'), {
    age: ANY_NUMBER,
    count: ANY_NUMBER,
    exchangeAge: ANY_NUMBER,
  }),
  ...members('createSender policy', inside('policy'), {
    allow: ['nothing', 'an empty list', 'a list of text'],
    only: ['nothing', 'an empty list', 'a list of text'],
    allowHttp: ['nothing', 'true'],
    allowLoopback: ['nothing'],
  }),
  ['memoryStore', NONE, (options) => memoryStore(options)],
  ...members('memoryStore', memoryStore, { volatile: ['true'], clock: ['a Map'] }).filter(
    ([place]) => place !== 'memoryStore.clock',
  ),
  ['memoryStore.clock', [], (clock) => memoryStore({ clock })],
  ['shardedStore', [], (stores) => shardedStore(stores)],
  ['the policy of checkUrl', NONE, (policy) => checkUrl('https://a.example', policy)],
  ['the policy of checkAddress', NONE, (policy) => checkAddress('8.8.8.8', policy)],
  ['the sender of metrics', [], (one) => metrics(one, { authorize: () => true })],
  ['the options of metrics', [], (options) => metrics(sender, options)],
]

const CODES = /^(?:option|secret|payload|endpoint|url|policy|unknown|transaction)$/
const REMEDY =
  /\b(?:give|takes|needs?|pass|leave|use|did you mean|begin|write|must|no delivery|match|members|JSON)\b/
const OF_ENGINE = /undefined is not|Cannot|is not a function|is not iterable|mix BigInt/

/** Tells whether a call was refused by a sentence of ours with a remedy. */
async function isRefused(call: () => unknown): Promise<boolean> {
  try {
    await call()
    return false
  } catch (error) {
    const isOurs = error instanceof SenderError || error instanceof EgressError
    const { code, message } = error as SenderError
    return isOurs && CODES.test(code) && REMEDY.test(message) && !OF_ENGINE.test(message)
  }
}

it.each([...ROWS, ...MADE])('%s', async (_, fits, call) => {
  const refused: string[] = []
  for (const [kind, value] of VALUES) {
    if (await isRefused(() => call(value as never))) refused.push(kind)
  }
  expect(refused).toEqual([...VALUES.keys()].filter((kind) => !fits.includes(kind)))
})

it('has every operation of a sender', () => {
  const places = ROWS.map(([place]) => place).join(' ')
  const untaken = ['start', 'stop', 'sendDue', 'health', 'send', 'endpoints.reseal', 'endpoints']
  const names = [
    ...Object.keys(sender),
    ...Object.keys(endpoints).map((name) => `endpoints.${name}`),
  ].filter((name) => !name.startsWith('~') && !untaken.includes(name))
  for (const name of names) expect(places).toMatch(new RegExp(`\\b${name}\\b`))
})
