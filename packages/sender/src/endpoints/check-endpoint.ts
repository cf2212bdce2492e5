import { sign } from '@ringback/signing'
import { SenderError } from '../errors.ts'
import { isRecord } from '../is-record.ts'
import { refuseUnknown } from '../refuse-unknown.ts'
import type { EgressPolicy } from '../transport/egress/policy.ts'
import type { EndpointChange, EndpointLimits, NewEndpoint } from './endpoint.ts'
import { checkEndpointHeaders } from './endpoint-headers.ts'
import { checkEndpointUrl } from './endpoint-url.ts'
import { checkEventPatterns } from './event-names.ts'

const LONGEST_KEY = 255
const LONGEST_DESCRIPTION = 1000
const MOST_METADATA = 50
const LONGEST_METADATA_NAME = 40
const LONGEST_METADATA = 500

// the compiler compares them with the types
const CHANGE = {
  url: 1,
  events: 1,
  description: 1,
  metadata: 1,
  externalId: 1,
  headers: 1,
  limits: 1,
} satisfies Record<keyof EndpointChange, 1>
const NEW = { ...CHANGE, owner: 1, secret: 1 } satisfies Record<keyof NewEndpoint, 1>

/**
 * Checks an endpoint to create, and gives it without members that are `undefined`, its headers in lower case.
 *
 * @throws {SenderError} with `endpoint`, `url`, or `option` for a member that does not exist
 */
export async function checkNewEndpoint(
  endpoint: NewEndpoint,
  policy: EgressPolicy,
): Promise<NewEndpoint> {
  refuseUnknown('endpoints.create', endpoint, Object.keys(NEW))
  const { owner, url, secret, ...rest } = endpoint
  checkKey('owner', owner)
  checkEndpointUrl(url, policy)
  if (secret !== undefined) await checkSecret(secret)
  const fields = checkFields(withoutUndefined(rest))
  return { owner, url, ...fields, ...(secret !== undefined && { secret }) }
}

/**
 * Checks a change of an endpoint, and gives it without members that are `undefined`.
 *
 * @throws {SenderError} with `endpoint`, `url`, or `option` for a member that does not exist
 */
export function checkEndpointChange(change: EndpointChange, policy: EgressPolicy): EndpointChange {
  refuseUnknown('endpoints.update', change, Object.keys(CHANGE))
  const given = withoutUndefined(change)
  if (given.url !== undefined) checkEndpointUrl(given.url, policy)
  const removed = Object.entries(given).filter(([, value]) => value === null)
  for (const [name] of removed) {
    if (name === 'url' || name === 'events') refuse(name, 'cannot be removed: leave it out')
  }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
  return { ...Object.fromEntries(removed), ...checkFields(set) }
}

type Fields = Omit<NewEndpoint, 'owner' | 'url' | 'secret'>

function checkFields<TFields extends Fields>(fields: TFields): TFields {
  const { events, description, metadata, externalId, headers, limits } = fields
  if (events !== undefined) checkEventPatterns(events)
  if (description !== undefined) checkText('description', description, LONGEST_DESCRIPTION)
  if (metadata !== undefined) checkMetadata(metadata)
  if (externalId !== undefined) checkKey('externalId', externalId)
  if (limits !== undefined) checkLimits(limits)
  return headers === undefined ? fields : { ...fields, headers: checkEndpointHeaders(headers) }
}

function checkKey(name: string, key: unknown): void {
  if (key === '') refuse(name, 'is empty: give text')
  checkText(name, key, LONGEST_KEY)
}

function checkText(name: string, text: unknown, longest: number): void {
  if (typeof text === 'string' && text.length <= longest && isStorable(text)) return
  refuse(
    name,
    `is no text of at most ${longest} characters, without unpaired surrogates and the character U+0000: give such text`,
  )
}

function checkMetadata(metadata: unknown): void {
  if (!isRecord(metadata)) refuse('metadata', 'is no object: give a text for each name')
  const entries = Object.entries(metadata)
  if (entries.length > MOST_METADATA) {
    refuse('metadata', `has more than ${MOST_METADATA} members: give fewer`)
  }
  for (const [name, value] of entries) {
    checkText('a name in metadata', name, LONGEST_METADATA_NAME)
    checkText('a value in metadata', value, LONGEST_METADATA)
  }
}

function checkLimits(limits: EndpointLimits): void {
  if (!isRecord(limits)) refuse('limits', 'is no object: give { concurrency, rate }')
  const unknown = Object.keys(limits).some((name) => name !== 'concurrency' && name !== 'rate')
  if (unknown) refuse('limits', 'has a member that does not exist: give { concurrency, rate }')
  const { concurrency, rate } = limits
  if (concurrency !== undefined && !(Number.isSafeInteger(concurrency) && concurrency >= 1)) {
    refuse('limits.concurrency', 'is no whole number of 1 or more: give requests at once')
  }
  if (rate !== undefined && !(Number.isFinite(rate) && rate > 0)) {
    refuse('limits.rate', 'is no number above 0: give requests a second')
  }
}

/**
 * Refuses a secret that nothing can be signed with.
 *
 * @throws {SenderError} with `endpoint`
 */
export async function checkSecret(secret: string): Promise<void> {
  try {
    await sign({ id: 'msg_test', timestamp: 0, body: '', secrets: [secret] })
  } catch (cause) {
    throw new SenderError(
      'endpoint',
      'secret cannot sign: give whsec_… with 24 to 64 bytes in base64, or whsk_…, or leave it out for a derived one',
      { cause },
    )
  }
}

// stores in SQL cannot keep U+0000
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function withoutUndefined<TFields extends object>(fields: TFields): TFields {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  // an optional member that is left out has the same type
  return Object.fromEntries(given) as TFields
}

function refuse(place: string, problem: string): never {
  throw new SenderError('endpoint', `${place} ${problem}`)
}
