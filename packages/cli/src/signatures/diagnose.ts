import { SigningError, verify } from '@ringback/signing'
import type { SavedRequest } from '../requests/saved-request.ts'
import { bodyVariants } from './body-variants.ts'
import { foreignSignature } from './foreign-signature.ts'
import { otherSecrets } from './other-secrets.ts'

/** Why a signature fails. */
export type SignatureProblem =
  | 'prefix' // the headers have another name before the dash
  | 'foreign' // signed, but not as Standard Webhooks says
  | 'missing-header'
  | 'malformed-header'
  | 'clock' // right, but at another time than now
  | 'body' // the signed bytes were others
  | 'key' // made with another key
  | 'secret' // the secret that was given is unusable
  | 'no-match' // another key or other bytes; nothing tells which

/** The result of a diagnosis: each problem is a sentence with a remedy. */
export type Diagnosis =
  | { readonly ok: true; readonly signedAt: Date }
  | { readonly ok: false; readonly problem: SignatureProblem; readonly message: string }

/** What a request is verified with. */
export interface DiagnoseOptions {
  readonly secrets: readonly string[]
  /** Unix seconds. */
  readonly now: number
  readonly tolerance: number
  readonly headerPrefix: string
}

/** Verifies a request, and says why its signature fails. */
export async function diagnose(
  request: SavedRequest,
  options: DiagnoseOptions,
): Promise<Diagnosis> {
  const { headers } = request
  const { headerPrefix: prefix } = options
  const code = await failureOf(request, options)
  const timestamp = headers[`${prefix}-timestamp`] ?? ''
  if (code === undefined) return { ok: true, signedAt: new Date(Number(timestamp) * 1000) }

  switch (code.code) {
    case 'missing-header':
      return explainMissing(request, prefix)
    case 'malformed-header':
      return fail('malformed-header', explainMalformed(code.message, timestamp))
    case 'too-old':
    case 'too-new':
      return explainClock(request, options)
    case 'no-match':
      return explainMismatch(request, options)
    default:
      return fail('secret', code.message)
  }
}

async function failureOf(
  { headers, body }: Pick<SavedRequest, 'headers' | 'body'>,
  options: DiagnoseOptions,
): Promise<SigningError | undefined> {
  try {
    await verify({ headers, body, ...options })
    return undefined
  } catch (error) {
    if (error instanceof SigningError) return error
    throw error
  }
}

function fail(problem: SignatureProblem, message: string): Diagnosis {
  return { ok: false, problem, message }
}

function explainMissing({ headers }: SavedRequest, prefix: string): Diagnosis {
  const parts = ['id', 'timestamp', 'signature']
  const other = Object.keys(headers).flatMap((name) => /^(.+)-signature$/.exec(name)?.[1] ?? [])
  const renamed = other.find((one) => parts.every((part) => `${one}-${part}` in headers))
  if (renamed !== undefined && renamed !== prefix) {
    return fail(
      'prefix',
      `The headers begin with ${renamed}-, not ${prefix}-: give --header-prefix ${renamed} here, and headerPrefix: '${renamed}' to the receiver.`,
    )
  }
  const foreign = foreignSignature(headers)
  if (foreign !== undefined) return fail('foreign', foreign)
  const missing = parts.map((part) => `${prefix}-${part}`).filter((name) => !(name in headers))
  const all = missing.length === parts.length
  return fail(
    'missing-header',
    `The request has no ${missing.join(', ')}: ${
      all
        ? 'it was not signed; give the sender a secret.'
        : 'something between sender and receiver has dropped it; let proxies pass these headers on.'
    }`,
  )
}

function explainMalformed(message: string, timestamp: string): string {
  if (!/^\d{4}-\d\d-\d\dT/.test(timestamp)) return message
  return 'The timestamp is a date; the sender must give seconds since 1970, such as 1767225600.'
}

/** The signature as of its own time decides: a wrong one is worse than a late one. */
async function explainClock(request: SavedRequest, options: DiagnoseOptions): Promise<Diagnosis> {
  const signedAt = Number(request.headers[`${options.headerPrefix}-timestamp`])
  const failure = await failureOf(request, { ...options, now: signedAt })
  if (failure?.code === 'no-match') return explainMismatch(request, options)
  if (failure) return fail('malformed-header', failure.message)

  const seconds = options.now - signedAt
  if (signedAt > 1e11) {
    return fail(
      'clock',
      'The signature is right, but its timestamp is in milliseconds; the sender must give seconds.',
    )
  }
  const distance = describeSeconds(Math.abs(seconds))
  return fail(
    'clock',
    seconds > 0
      ? `The signature is right, but ${distance} old, and the tolerance is ${options.tolerance} s: a request that was saved earlier is verified with --now ${signedAt}; on a live one, compare both clocks, and sign each attempt anew.`
      : `The signature is right, but ${distance} in the future, and the tolerance is ${options.tolerance} s: set the clock of the sender, or of this machine.`,
  )
}

async function explainMismatch(request: SavedRequest, given: DiagnoseOptions): Promise<Diagnosis> {
  const { headers, body } = request
  const options = { ...given, now: Number(headers[`${given.headerPrefix}-timestamp`]) }
  const matches = async (changed: Partial<SavedRequest>, secrets = options.secrets) =>
    (await failureOf({ headers, body, ...changed }, { ...options, secrets })) === undefined

  for (const { secret, description } of otherSecrets(options.secrets)) {
    if (await matches({}, [secret])) return fail('key', description)
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  for (const variant of bodyVariants(text)) {
    if (await matches({ body: new TextEncoder().encode(variant.text) })) {
      return fail(
        'body',
        `The signature was made over other bytes: the same body ${variant.description}. Verify the bytes as they were received, before anything parses them, and save them unchanged.`,
      )
    }
  }
  const versions = new Set(
    (headers[`${options.headerPrefix}-signature`] ?? '').split(' ').map((one) => one.split(',')[0]),
  )
  const isHmac = options.secrets.every((one) => !/^wh[sp]k_/.test(one))
  if (!versions.has(isHmac ? 'v1' : 'v1a')) {
    return fail(
      'key',
      isHmac
        ? 'The signature is of ed25519 (v1a), and the secret is one for HMAC: give the public key of the sender, whpk_….'
        : 'The signature is of HMAC (v1), and the key is one of ed25519: give the shared secret, whsec_….',
    )
  }
  const length = Number(headers['content-length'] ?? body.byteLength)
  if (length !== body.byteLength) {
    return fail(
      'body',
      `The body is not the one that was sent: content-length says ${length} bytes, and here are ${body.byteLength}. Save it unchanged.`,
    )
  }
  return fail(
    'no-match',
    'No signature was made with these secrets over this body, id and timestamp: the sender has another secret, or something has changed the body. Compare the secrets of both sides first; after a rotation, give the older one as well.',
  )
}

function describeSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}
