import { SenderError } from '../errors.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { deriveBytes, keyIdOf } from './endpoint-keys.ts'

/** The place of a sealed text: it opens nowhere else. */
export interface SealContext {
  readonly endpointId: string
  readonly purpose: 'secret' | 'headers'
}

type Key = Uint8Array<ArrayBuffer>

interface SealingKey {
  readonly id: string
  readonly key: CryptoKey
}

// v1, the id of the master key, the nonce, the encrypted text with its tag
const FORMAT = /^v1:(?<id>[^:]+):(?<nonce>[^:]+):(?<text>[^:]+)$/
const NONCE_BYTES = 12

const sealingKeys = new WeakMap<Key, Promise<SealingKey>>()

/**
 * Encrypts a text with AES-GCM under a key derived from the master key. The context is authenticated with it: a text
 * copied to another endpoint, or to another field, does not open.
 *
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final
 */
export async function seal(masterKey: Key, text: string, context: SealContext): Promise<string> {
  const { id, key } = await sealingKeyOf(masterKey)
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const bytes = new TextEncoder().encode(text)
  const sealed = new Uint8Array(await crypto.subtle.encrypt(paramsOf(nonce, context), key, bytes))
  return `v1:${id}:${encodeBase64(nonce)}:${encodeBase64(sealed)}`
}

/**
 * Decrypts what `seal` gave, with that one of the keys that sealed it.
 *
 * @throws {SenderError} with `secret`
 */
export async function unseal(
  masterKeys: readonly Key[],
  sealed: string,
  context: SealContext,
): Promise<string> {
  const { id, nonce = '', text = '' } = FORMAT.exec(sealed)?.groups ?? {}
  const [nonceBytes, bytes] = [decodeBase64(nonce), decodeBase64(text)]
  if (id === undefined || !nonceBytes || !bytes) throw unreadable(context)
  const keys = await Promise.all(masterKeys.map(sealingKeyOf))
  const found = keys.find((each) => each.id === id)
  if (found === undefined) {
    throw new SenderError(
      'secret',
      `the ${context.purpose} of the endpoint '${context.endpointId}' is sealed under a master key that masterKey does not list: add the older key at its end`,
    )
  }
  try {
    const params = paramsOf(nonceBytes, context)
    return new TextDecoder().decode(await crypto.subtle.decrypt(params, found.key, bytes))
  } catch (cause) {
    throw unreadable(context, cause)
  }
}

/** Seals a text anew under the first key; gives the text as it is if that key sealed it. @throws as `unseal` does */
export async function reseal(
  masterKeys: readonly Key[],
  sealed: string,
  context: SealContext,
): Promise<string> {
  const text = await unseal(masterKeys, sealed, context)
  const [newest] = masterKeys
  if (newest === undefined || (await isSealedBy(newest, sealed))) return sealed
  return seal(newest, text, context)
}

/** Tells whether a master key sealed a text. */
export async function isSealedBy(masterKey: Key, sealed: string): Promise<boolean> {
  return FORMAT.exec(sealed)?.groups?.id === (await sealingKeyOf(masterKey)).id
}

function sealingKeyOf(masterKey: Key): Promise<SealingKey> {
  const known = sealingKeys.get(masterKey)
  if (known) return known
  const made = makeSealingKey(masterKey)
  sealingKeys.set(masterKey, made)
  return made
}

async function makeSealingKey(masterKey: Key): Promise<SealingKey> {
  const bytes = await deriveBytes(masterKey, ['sealing'])
  const usages: KeyUsage[] = ['encrypt', 'decrypt']
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, usages)
  return { id: await keyIdOf(masterKey), key }
}

function paramsOf(iv: Uint8Array<ArrayBuffer>, { endpointId, purpose }: SealContext) {
  const additionalData = new TextEncoder().encode(
    JSON.stringify(['ringback v1', endpointId, purpose]),
  )
  return { name: 'AES-GCM', iv, additionalData }
}

function unreadable({ purpose, endpointId }: SealContext, cause?: unknown): SenderError {
  return new SenderError(
    'secret',
    `the ${purpose} of the endpoint '${endpointId}' cannot be opened: the stored text was changed or belongs to another endpoint; give the endpoint its ${purpose} again`,
    { cause },
  )
}
