import { sampleMessage } from '@ringback/core/document'
import type { OpenApiDocument, OperationObject, ParameterObject } from '@ringback/core/internal'
import { resolveReference } from '@ringback/core/internal'

/** A sample of a callback: its payload, and the command that sends it. */
export interface SampleRequest {
  /** The payload as text, indented if it is JSON; `undefined` without a body. */
  readonly payload: string | undefined
  readonly mediaType: string | undefined
  readonly curl: string
  readonly isSigned: boolean
}

const KEY = 'sample-of-the-reference-page'
/** Signs the samples. Everybody can read it: no receiver may use it for real requests. */
export const SAMPLE_SECRET: string = `whsec_${btoa(KEY)}`

/** Makes the sample of a callback; signed, if the callback is. */
export async function sampleRequest(
  document: OpenApiDocument,
  { key, method, outgoing, now }: SampleRequestOptions,
): Promise<SampleRequest> {
  const { mediaType, payload: value, body, ...sampled } = sampleMessage(document, outgoing)
  const isSigned = (outgoing.parameters ?? []).some(
    (one) => resolveReference<ParameterObject>(document, one).name === 'webhook-signature',
  )
  const headers = [
    ...(mediaType === undefined ? [] : [['content-type', mediaType] as const]),
    ...Object.entries(sampled.headers),
    ...(isSigned ? Object.entries(await signSample(body ?? '', now)) : []),
  ]
  const query = sampled.query.map(
    ([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
  )
  const url = [sampleUrl(key), ...query].reduce((one, other) =>
    one.includes('?') ? `${one}&${other}` : `${one}?${other}`,
  )
  const lines = [
    `curl -X ${method.toUpperCase()} ${quote(url)}`,
    ...headers.map(([name, text]) => `-H ${quote(`${name}: ${text}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
  ]
  const isJson = /[/+]json/i.test(mediaType ?? '')
  const payload = isJson ? JSON.stringify(value, null, 2) : body
  return { payload, mediaType, curl: lines.join(' \\\n  '), isSigned }
}

interface SampleRequestOptions {
  readonly key: string
  readonly method: string
  readonly outgoing: OperationObject
  readonly now: number
}

/** A URL that the key can give: the client's own where it begins with an expression, names as values elsewhere. */
function sampleUrl(key: string): string {
  return key
    .trim()
    .replace(/^(?:\{[^}]*\}|\$.*)/, 'https://your-server.example/callbacks')
    .replace(/\{[^}]*?([\w-]*)\}/g, (_, name: string) => name || 'value')
}

/**
 * Signs as the sender does.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
async function signSample(body: string, now: number): Promise<Record<string, string>> {
  const id = 'msg_sample'
  const timestamp = String(Math.floor(now / 1000))
  const encode = (text: string) => new TextEncoder().encode(text)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encode(KEY), algorithm, false, ['sign'])
  const signed = await crypto.subtle.sign('HMAC', key, encode(`${id}.${timestamp}.${body}`))
  const signature = `v1,${btoa(String.fromCharCode(...new Uint8Array(signed)))}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  }
}

/** Quotes text for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
