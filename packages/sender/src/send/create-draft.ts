import type { CallbackMessage, OperationCallback } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { StoredDelivery } from '../store/delivery-store.ts'
import { checkSendOptions } from './check-send-options.ts'

/** The inputs of a draft besides its message. */
export interface DraftOptions {
  readonly id: string
  readonly now: number
  /** Milliseconds before the first attempt. */
  readonly delay: number
  /** The longest payload, in bytes. */
  readonly payloadLimit: number
}

/** A delivery without its URL, and the time at which it is due once it has one. */
export interface Draft {
  readonly delivery: Omit<StoredDelivery, 'state'>
  readonly dueAt: number
}

const encoder = new TextEncoder()

/**
 * Validates and serializes the payload of a callback.
 *
 * @throws {SenderError} with `payload` when the payload does not match its schema, is not JSON, or is too large; with
 *   `option` for an invalid option
 */
export async function createDraft(message: CallbackMessage, options: DraftOptions): Promise<Draft> {
  const { id, now } = options
  const { method, responses } = message.callback
  const { delay = 0, ...sendOptions } = checkSendOptions(message.options)
  const payload = await serialize(message, options.payloadLimit)
  const finalStatuses = finalStatusesOf(responses)
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
    ...(finalStatuses.length > 0 && { finalStatuses }),
    ...(message.exchangeKey !== undefined && { exchangeKey: message.exchangeKey }),
  }
  return { delivery, dueAt: now + delay + options.delay }
}

function finalStatusesOf(responses: OperationCallback['responses']): readonly number[] {
  const final: number[] = []
  for (const status in responses) if (responses[status]?.final) final.push(Number(status))
  return final
}

async function serialize(
  { name, callback, payload }: CallbackMessage,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (callback.body === undefined) return new Uint8Array()

  const checked = await callback.body['~standard'].validate(payload)
  if (checked.issues) {
    const issues = checked.issues.map(describeIssue).join('; ')
    throw new SenderError(
      'payload',
      `the payload of '${name}' does not match its schema: ${issues}`,
    )
  }
  const bytes = encode(name, payload)
  if (bytes.byteLength > limit) {
    throw new SenderError(
      'payload',
      `the payload of '${name}' has ${bytes.byteLength} bytes, more than the ${limit} allowed: send less, or raise payloadLimit`,
    )
  }
  return bytes
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

interface Issue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** Says where a payload is invalid, but not how: the validator's message quotes the payload. */
function describeIssue({ path = [] }: Issue): string {
  const keys = path.map((item) => (typeof item === 'object' ? item.key : item))
  return `/${keys.map(String).join('/')} is not valid`
}
