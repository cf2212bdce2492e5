import type { Backend, Key } from './backend.ts'
import { encodeBase64 } from './base64.ts'
import { type KeyPair, keyPairError, PROBE, privateKeyDer, publicKeyDer } from './ed25519.ts'
import { equalBytes } from './equal-bytes.ts'
import type { SignedContent } from './signed-content.ts'

const HMAC = { name: 'HMAC', hash: 'SHA-256' }
const ED25519 = { name: 'Ed25519' }

/**
 * Signs with Web Crypto, which every runtime has.
 *
 * @example
 * const backend = webBackend(crypto.subtle)
 */
export function webBackend(subtle: SubtleCrypto): Backend {
  return {
    hmac: (key) => hmacKey(subtle, key),
    ed25519: (pair) => ed25519Key(subtle, pair),
  }
}

function hmacKey(subtle: SubtleCrypto, bytes: Uint8Array<ArrayBuffer>): Key {
  const imported = once(() => subtle.importKey('raw', bytes, HMAC, false, ['sign']))
  const mac = async (content: SignedContent) => {
    const data = content.bytes() // before the first await, so that later changes are not signed
    return new Uint8Array(await subtle.sign(HMAC, await imported(), data))
  }

  return {
    version: 'v1',
    sign: async (content) => encodeBase64(await mac(content)),
    // one HMAC however many signatures there are, which subtle.verify could not give
    verify: async (content, signatures) => {
      const expected = await mac(content)
      return signatures.some((signature) => equalBytes(expected, signature))
    },
  }
}

function ed25519Key(subtle: SubtleCrypto, pair: KeyPair): Key {
  const { publicKey: point, seed } = pair
  const publicKey = once(() => importPublicKey(subtle, point))
  const privateKey = seed && once(async () => importPrivateKey(subtle, seed, await publicKey()))

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
      await privateKey?.() // a pair whose halves do not belong together is refused here too
      for (const signature of signatures) {
        if (await subtle.verify(ED25519, key, signature, data)) return true
      }
      return false
    },
  }
}

async function importPublicKey(subtle: SubtleCrypto, point: Uint8Array): Promise<CryptoKey> {
  try {
    return await subtle.importKey('spki', publicKeyDer(point), ED25519, false, ['verify'])
  } catch (cause) {
    throw keyPairError(cause)
  }
}

async function importPrivateKey(
  subtle: SubtleCrypto,
  seed: Uint8Array,
  publicKey: CryptoKey,
): Promise<CryptoKey> {
  try {
    const der = privateKeyDer(seed)
    const privateKey = await subtle.importKey('pkcs8', der, ED25519, false, ['sign'])
    const probe = await subtle.sign(ED25519, privateKey, PROBE)
    if (await subtle.verify(ED25519, publicKey, probe, PROBE)) return privateKey
  } catch (cause) {
    throw keyPairError(cause)
  }
  throw keyPairError()
}

// keeps the value and not its promise: a promise that belongs to one request of a Worker must not
// be awaited in another, and a failure is tried again
function once<TValue>(load: () => Promise<TValue>): () => Promise<TValue> {
  let value: TValue | undefined
  return async () => {
    value ??= await load()
    return value
  }
}
