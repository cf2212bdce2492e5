import { SenderError } from './errors.ts'
import { isRecord } from './is-record.ts'
import type { SenderOptions } from './options.ts'
import { refuseUnknown } from './refuse-unknown.ts'

type Rule = readonly [isRight: (value: unknown) => boolean, remedy: string]

const isFunction = (value: unknown) => typeof value === 'function'
const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isNumber = (value: unknown) => typeof value === 'number'
const has =
  (...names: readonly string[]) =>
  (value: unknown) =>
    names.every((name) => isFunction(Reflect.get(Object(value), name)))
const MILLISECONDS: Rule = [isNumber, 'give milliseconds']

/** The type of each option, and what to give instead of another. Ranges are checked where numbers are resolved. */
const RULES: Readonly<Record<keyof SenderOptions, Rule>> = {
  store: [has('enqueue', 'claim', 'commit'), 'give a store, such as memoryStore()'],
  secrets: [
    (value) => Array.isArray(value) || isFunction(value),
    'give a list of secrets, newest first, such as [process.env.CALLBACK_SECRET], or a function (owner) => list',
  ],
  masterKey: [
    (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
    'give text that generateMasterKey() has made, for example from an environment variable',
  ],
  operations: [
    (value) => Array.isArray(value) && value.every((one) => one?.['~definition']?.callbacks),
    'give a list of operations, such as route(…).handle(…) gives',
  ],
  credentials: [
    (value) => isRecord(value) && Object.values(value).every(isFunction),
    'give an object with a function for each security scheme: { [scheme]: (delivery) => value }',
  ],
  fetch: [isFunction, 'give a function, such as guardedFetch()'],
  policy: [isRecord, 'give an object, such as { allow: [] }'],
  egress: [(value) => value === 'platform' || value === 'proxy', "give 'platform' or 'proxy'"],
  deadline: MILLISECONDS,
  schedule: [Array.isArray, 'give a list of delays in milliseconds'],
  overloadWait: MILLISECONDS,
  concurrency: [isNumber, 'give a whole number, 1 or more'],
  limits: [
    isRecord,
    'give an object: { endpoint: { concurrency, rate }, owner: { concurrency, rate } }',
  ],
  retention: [isRecord, 'give an object: { age, count, exchangeAge }'],
  redact: [isFunction, 'give a function (response) => response'],
  payloadLimit: [isNumber, 'give bytes'],
  grace: MILLISECONDS,
  waitUntil: [isFunction, 'give a function (promise) => void'],
  log: [
    (value) => value === false || has('debug', 'info', 'warn', 'error')(value),
    'give an object with the functions debug, info, warn and error, such as pino(), or false for silence',
  ],
  tracer: [
    has('beginSend', 'beginAttempt'),
    'give an object with the functions beginSend and beginAttempt, such as createTracer() of @ringback/otel',
  ],
  ownHosts: [
    (value) => Array.isArray(value) && value.every(isText),
    "give a list of hosts, such as ['receiver.internal']",
  ],
  clock: [has('now', 'after'), 'give an object with the functions now and after'],
  undeclared: [(value) => value === 'keep' || value === 'remove', "give 'keep' or 'remove'"],
  random: [isFunction, 'give a function that returns a number from 0 to 1'],
}

const INNER: Readonly<Record<string, readonly string[]>> = {
  limits: ['endpoint', 'owner'],
  'limits.endpoint': ['concurrency', 'rate'],
  'limits.owner': ['concurrency', 'rate'],
  retention: ['age', 'count', 'exchangeAge'],
}

/**
 * Refuses options that do not exist, that are missing, or whose value is of another type.
 *
 * @throws {SenderError} with `option`, or with `secret` for the secrets
 */
export function checkOptions(options: SenderOptions): void {
  if (!isRecord(options)) {
    throw new SenderError(
      'option',
      'createSender needs its options: give { store, secrets, fetch }',
    )
  }
  refuseUnknown('createSender', options, Object.keys(RULES))
  for (const [name, [isRight, remedy]] of Object.entries(RULES)) {
    const value: unknown = Reflect.get(options, name)
    const isRequired = name === 'store' || name === 'secrets'
    if (value === undefined && !isRequired) continue
    if (isRight(value)) continue
    const given = value === undefined ? 'missing' : `${describe(value)}, which does not fit`
    throw new SenderError(
      name === 'secrets' ? 'secret' : 'option',
      `${name} is ${given}: ${remedy}`,
    )
  }
  for (const [path, names] of Object.entries(INNER)) {
    const inner = path
      .split('.')
      .reduce<unknown>((at, key) => (isRecord(at) ? Reflect.get(at, key) : undefined), options)
    if (inner !== undefined) refuseUnknown(path, inner, names)
  }
}

/** The type of a value; never the value, which may be a secret. */
function describe(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'text'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
