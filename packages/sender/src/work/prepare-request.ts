import { sign } from '@ringback/signing'
import { addQuery } from '../store/add-query.ts'
import { toDelivery } from '../store/apply-change.ts'
import type { DeliverySettings } from '../store/delivery-store.ts'
import type { LeanRequest, RequestSignal } from '../transport/lean-fetch.ts'
import { askForCredentials, type GivenCredentials } from './ask-for-credentials.ts'
import type { AttemptDelivery, Transport } from './transport.ts'
import { untilAborted } from './until-aborted.ts'

/** A finished request, and what must not be recorded of its response. */
export interface PreparedRequest extends Pick<LeanRequest, 'method' | 'headers' | 'body'> {
  readonly url: string
  readonly confidential: readonly string[]
}

const NO_CREDENTIALS: GivenCredentials = { headers: {}, query: '', confidential: [] }

/** Signs a request, and adds the credentials of this attempt. */
export async function prepareRequest(
  delivery: AttemptDelivery,
  { clock, secretsOf, credentials, isOwn, openTarget }: Transport,
  signal: RequestSignal,
): Promise<PreparedRequest> {
  const { id, owner, method, target, payload, settings = NO_SETTINGS } = delivery
  const url = urlOf(delivery)
  const hasBody = payload.byteLength > 0
  const given = settings.credentials
    ? await untilAborted(
        askForCredentials(toDelivery(delivery), settings.credentials, credentials),
        signal,
      )
    : NO_CREDENTIALS
  const opened = target && (await untilAborted(openTarget(target), signal))
  const found = opened?.secrets ?? secretsOf(owner)
  // a list is not waited for, which would cost time
  const secrets = found instanceof Promise ? await untilAborted(found, signal) : found
  const timestamp = Math.floor(clock.now() / 1000)
  const signed = await sign({ id, timestamp, body: payload, secrets })
  // the sender's own come last, so that no other overrides them
  const headers =
    settings.headers || opened || given !== NO_CREDENTIALS
      ? { ...opened?.headers, ...settings.headers, ...given.headers, ...signed }
      : signed
  if (hasBody) headers['content-type'] = settings.contentType ?? 'application/json'
  headers['accept-encoding'] = 'identity'
  headers['user-agent'] = 'Ringback'
  headers['idempotency-key'] = id
  if (settings.trace && isOwn(url)) Object.assign(headers, settings.trace)
  return {
    url: given.query === '' ? url : addQuery(url, given.query),
    method: method.toUpperCase(),
    headers,
    body: hasBody ? payload : null,
    confidential: opened
      ? [...given.confidential, ...Object.values(opened.headers)]
      : given.confidential,
  }
}

/** The URL of a registered endpoint has no query of the message yet. */
function urlOf({ url = '', target, settings = NO_SETTINGS }: AttemptDelivery): string {
  if (target === undefined) return url
  return settings.query === undefined ? target.url : addQuery(target.url, settings.query)
}

const NO_SETTINGS: DeliverySettings = {}
