import { SenderError } from '../errors.ts'
import type { CredentialPlace, StoredDelivery } from '../store/delivery-store.ts'
import { checkOwner, checkSendOptions } from './check-send-options.ts'
import { describeIssues } from './describe-issues.ts'
import type { DraftMessage } from './draft-message.ts'
import { settingsOf } from './settings-of.ts'
import { encodeOther, type WrittenParts, writeParts } from './write-parts.ts'

/** The inputs of a draft besides its message. */
export interface DraftOptions {
  readonly id: string
  readonly now: number
  /** Milliseconds before the first attempt. */
  readonly delay: number
  /** The longest payload, in bytes. */
  readonly payloadLimit: number
  /** Where the credentials of each attempt go. */
  readonly credentials?: readonly CredentialPlace[]
  /** Whether members leave that the schema of a payload does not name. */
  readonly undeclared: 'keep' | 'remove'
}

/** A delivery without its URL, and the time at which it is due once it has one. */
export interface Draft {
  readonly delivery: Omit<StoredDelivery, 'state'>
  readonly dueAt: number
  /** The query to add to its URL. */
  readonly query?: string
}

const encoder = new TextEncoder()

/**
 * Validates and serializes the payload of a callback.
 *
 * @throws {SenderError} with `payload` when the payload, the headers or the query do not match their schema or cannot
 *   be written, or the payload is too large; with `option` for an invalid option or owner
 */
export async function createDraft(message: DraftMessage, options: DraftOptions): Promise<Draft> {
  const { id, now } = options
  const { method } = message.callback
  checkOwner(message.owner)
  const { delay = 0, ...sendOptions } = checkSendOptions(message.options)
  const payload = await serialize(message, options)
  const { headers, query } = hasParts(message) ? await writeParts(message) : NO_PARTS
  const settings = settingsOf(message.callback, {
    headers,
    credentials: options.credentials ?? [],
    delay: delay + options.delay,
  })
  const delivery = {
    id,
    owner: message.owner,
    operationId: message.operationId,
    callback: message.name,
    method,
    attemptCount: 0,
    refusals: 0,
    createdAt: now,
    payload,
    ...sendOptions,
    ...(settings && { settings }),
    ...(message.exchangeKey !== undefined && { exchangeKey: message.exchangeKey }),
  }
  return { delivery, dueAt: now + delay + options.delay, ...(query !== undefined && { query }) }
}

const NO_PARTS: WrittenParts = {}

function hasParts({ callback, options }: DraftMessage): boolean {
  if ((callback.headers ?? callback.query) !== undefined) return true
  return options?.headers !== undefined || options?.query !== undefined
}

async function serialize(
  { name, callback, payload: given }: DraftMessage,
  { payloadLimit: limit, undeclared }: DraftOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  if (callback.body === undefined) return new Uint8Array()

  const sent = (await callback.sentPayload?.(given, undeclared)) ?? { value: given }
  if (sent.fault !== undefined) {
    throw new SenderError(
      'payload',
      `the payload of '${name}' cannot be written as JSON: ${sent.fault}`,
    )
  }
  const payload = sent.value
  const checked = await callback.body['~standard'].validate(payload)
  if (checked.issues) {
    throw new SenderError(
      'payload',
      `the payload of '${name}' does not match its schema: ${describeIssues(checked.issues)}`,
    )
  }
  const essence = essenceOf(callback.mediaType)
  const bytes =
    essence === undefined || essence === 'application/json' || essence.endsWith('+json')
      ? encode(name, payload)
      : encodeOther(name, essence, payload)
  if (bytes.byteLength > limit) {
    throw new SenderError(
      'payload',
      `the payload of '${name}' has ${bytes.byteLength} bytes, more than the ${limit} allowed: send less, or raise payloadLimit`,
    )
  }
  return bytes
}

function essenceOf(mediaType: string | undefined): string | undefined {
  return mediaType?.split(';', 1)[0]?.trim().toLowerCase()
}

function encode(name: string, payload: unknown): Uint8Array<ArrayBuffer> {
  let json: string | undefined
  try {
    json = JSON.stringify(payload)
  } catch (cause) {
    throw new SenderError(
      'payload',
      `the payload of '${name}' cannot be written as JSON: it has a BigInt or a cycle, or its toJSON throws`,
      { cause },
    )
  }
  if (json === undefined) {
    throw new SenderError('payload', `the payload of '${name}' is not a JSON value`)
  }
  return encoder.encode(json)
}
