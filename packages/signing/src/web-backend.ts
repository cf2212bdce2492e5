import type { Backend, Key } from './backend.ts'
import { encodeBase64 } from './base64.ts'
import { type KeyPair, PROBE, toKeyPairError, wrapPrivateKey, wrapPublicKey } from './ed25519.ts'
import { equalBytes } from './equal-bytes.ts'
import type { SignedContent } from './signed-content.ts'

const HMAC = { name: 'HMAC', hash: 'SHA-256' }
const ED25519 = { name: 'Ed25519' }

/**
 * Makes the backend of Web Crypto, which every runtime has.
 *
 * @example
 * const backend = createWebBackend(crypto.subtle)
 */
export function createWebBackend(subtle: SubtleCrypto): Backend {
  return {
    hmac: (key) => createHmacKey(subtle, key),
    ed25519: (pair) => createEd25519Key(subtle, pair),
  }
}

function createHmacKey(subtle: SubtleCrypto, bytes: Uint8Array<ArrayBuffer>): Key {
  const imported = loadOnce(() => subtle.importKey('raw', bytes, HMAC, false, ['sign']))
  const mac = async (content: SignedContent) => {
    const data = content.bytes() // before the first await, so that later changes are not signed
    return new Uint8Array(await subtle.sign(HMAC, await imported(), data))
  }

  return {
    version: 'v1',
    sign: async (content) => encodeBase64(await mac(content)),
    // one HMAC for any number of signatures; subtle.verify computes one for each
    verify: async (content, signatures) => {
      const expected = await mac(content)
      return signatures.some((signature) => equalBytes(expected, signature))
    },
  }
}

function createEd25519Key(subtle: SubtleCrypto, pair: KeyPair): Key {
  const { publicKey: point, seed } = pair
  const publicKey = loadOnce(() => importPublicKey(subtle, point))
  const privateKey = seed && loadOnce(async () => importPrivateKey(subtle, seed, await publicKey()))

  return {
    version: 'v1a',
    sign:
      privateKey &&
      (async (content) => {
        const data = content.bytes()
        return encodeBase64(new Uint8Array(await subtle.sign(ED25519, await privateKey(), data)))
      }),
    verify: async (content, signatures) => {
      const data = content.bytes()
      const key = await publicKey()
      await privateKey?.() // refuses a pair whose halves do not belong together
      for (const signature of signatures) {
        if (await subtle.verify(ED25519, key, signature, data)) return true
      }
      return false
    },
  }
}

async function importPublicKey(subtle: SubtleCrypto, point: Uint8Array): Promise<CryptoKey> {
  try {
    return await subtle.importKey('spki', wrapPublicKey(point), ED25519, false, ['verify'])
  } catch (cause) {
    throw toKeyPairError(cause)
  }
}

async function importPrivateKey(
  subtle: SubtleCrypto,
  seed: Uint8Array,
  publicKey: CryptoKey,
): Promise<CryptoKey> {
  try {
    const der = wrapPrivateKey(seed)
    const privateKey = await subtle.importKey('pkcs8', der, ED25519, false, ['sign'])
    const probe = await subtle.sign(ED25519, privateKey, PROBE)
    if (await subtle.verify(ED25519, publicKey, probe, PROBE)) return privateKey
  } catch (cause) {
    throw toKeyPairError(cause)
  }
  throw toKeyPairError()
}

// keeps the value and not its promise: the promise of one request of a Worker must not be awaited
// in another, and a failure is tried again
function loadOnce<TValue>(load: () => Promise<TValue>): () => Promise<TValue> {
  let value: TValue | undefined
  return async () => {
    value ??= await load()
    return value
  }
}
