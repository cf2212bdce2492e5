import type { AnyOutgoing } from '@ringback/core'
import type { PayloadOf } from '@ringback/sender'
import { sign } from '@ringback/signing'
import { sampleOutgoing } from './sample-payload.ts'

/** How a request to a receiver is made. */
export interface SignedRequestOptions<TOutgoing extends AnyOutgoing> {
  /** The secrets to sign with, newest first. */
  readonly secrets: readonly string[]
  /** The payload; a sample of the schema by default. */
  readonly payload?: PayloadOf<TOutgoing>
  /** The body as it is, in place of a payload: for requests that break the schema. */
  readonly body?: string
  /** Header fields, beside samples of those that the callback requires. */
  readonly headers?: Readonly<Record<string, string>>
  /** The `webhook-id`; a new one by default. */
  readonly id?: string
  /** The time of the signature, in milliseconds since the Unix epoch; now by default. */
  readonly sentAt?: number
}

/**
 * Makes a request to a receiver as the sender does, signed, for the tests of the receiver.
 *
 * @example
 * const response = await app.request(await signedRequest(paid, '/paid', { secrets, payload: { amount: 12 } }))
 *
 * @throws {SigningError} with `no-secrets` or `bad-secret`
 */
export async function signedRequest<TOutgoing extends AnyOutgoing>(
  outgoing: TOutgoing,
  url: string,
  options: SignedRequestOptions<TOutgoing>,
): Promise<Request> {
  const { secrets, headers, sentAt = Date.now() } = options
  const { id = `msg_${crypto.randomUUID().replaceAll('-', '')}` } = options
  const payload: unknown = options.payload
  const isBytes = payload instanceof Uint8Array
  const sample = sampleOutgoing(outgoing, ...(payload === undefined || isBytes ? [] : [payload]))
  const body = options.body ?? (isBytes ? new Uint8Array(payload) : sample.body)
  const target = new URL(url, 'http://localhost')
  for (const [name, value] of sample.query) {
    if (!target.searchParams.has(name)) target.searchParams.append(name, value)
  }
  return new Request(target, {
    method: outgoing['~definition'].method.toUpperCase(),
    headers: {
      ...(sample.mediaType !== undefined && { 'content-type': sample.mediaType }),
      ...sample.headers,
      ...headers,
      'idempotency-key': id,
      ...(await sign({ id, timestamp: Math.floor(sentAt / 1000), body: body ?? '', secrets })),
    },
    ...(body !== undefined && { body }),
  })
}
