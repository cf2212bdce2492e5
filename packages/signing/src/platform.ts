import type { Backend } from './backend.ts'
import { SigningError } from './errors.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import { createNodeBackend, type NodeCrypto } from './node-backend.ts'
import { createWebBackend } from './web-backend.ts'

/** The globals that decide which cryptography is used; each may be absent. */
export interface Platform {
  readonly process?: { readonly getBuiltinModule?: (id: 'node:crypto') => unknown } | undefined
  readonly crypto?: { readonly subtle?: SubtleCrypto } | undefined
}

/**
 * Chooses node:crypto if the runtime has it, else Web Crypto.
 *
 * @example
 * const backend = chooseBackend(globalThis)
 *
 * @throws {SigningError} with `unsupported`
 */
export function chooseBackend(platform: Platform): Backend {
  const node = platform.process?.getBuiltinModule?.('node:crypto')
  if (isNodeCrypto(node)) return createNodeBackend(node)

  const subtle = platform.crypto?.subtle
  if (subtle) return createWebBackend(subtle)

  throw new SigningError(
    'unsupported',
    'This runtime has neither node:crypto nor crypto.subtle; a browser needs a page over HTTPS.',
  )
}

let keyring: Keyring | undefined

/** The keyring of the current runtime, made at its first use. */
export const platformKeyring: Keyring = (secret, index) => {
  keyring ??= createKeyring(chooseBackend(globalThis))
  return keyring(secret, index)
}

function isNodeCrypto(module: unknown): module is NodeCrypto {
  // a shim may be an empty object; nothing else has this function
  const hasHmac = typeof module === 'object' && module !== null && 'createHmac' in module
  return hasHmac && typeof module.createHmac === 'function'
}
