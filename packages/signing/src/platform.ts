import type { Backend } from './backend.ts'
import { SigningError } from './errors.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import { type NodeCrypto, nodeBackend } from './node-backend.ts'
import { webBackend } from './web-backend.ts'

/** The globals that decide which cryptography we use; each may be absent. */
export interface Platform {
  readonly process?: { readonly getBuiltinModule?: (id: 'node:crypto') => unknown } | undefined
  readonly crypto?: { readonly subtle?: SubtleCrypto } | undefined
}

/**
 * Chooses node:crypto where it is there, else Web Crypto.
 *
 * @example
 * const backend = chooseBackend(globalThis)
 *
 * @throws {SigningError} with `unsupported`
 */
export function chooseBackend(platform: Platform): Backend {
  const node = platform.process?.getBuiltinModule?.('node:crypto')
  if (isNodeCrypto(node)) return nodeBackend(node)

  const subtle = platform.crypto?.subtle
  if (subtle) return webBackend(subtle)

  throw new SigningError(
    'unsupported',
    'This runtime has neither node:crypto nor crypto.subtle; a browser needs a page over HTTPS.',
  )
}

let keyring: Keyring | undefined

/** The keyring of the runtime that we run on, made when it is first asked. */
export const platformKeyring: Keyring = (secret, index) => {
  keyring ??= createKeyring(chooseBackend(globalThis))
  return keyring(secret, index)
}

function isNodeCrypto(module: unknown): module is NodeCrypto {
  return typeof (module as Partial<NodeCrypto> | undefined)?.createHmac === 'function'
}
