import type { KeyPair } from './ed25519.ts'
import type { SignatureVersion } from './parse-signatures.ts'
import type { SignedContent } from './signed-content.ts'

/** An imported secret. Callers keep it, since importing costs more than signing. */
export interface Key {
  readonly version: SignatureVersion
  /** Gives the signature as base64, synchronously where the runtime can; a public key has no `sign`. */
  readonly sign: ((content: SignedContent) => string | Promise<string>) | undefined
  /** Says whether this key made one of the signatures, all of the key's version. */
  readonly verify: (
    content: SignedContent,
    signatures: readonly Uint8Array<ArrayBuffer>[],
  ) => boolean | Promise<boolean>
}

/** A runtime's cryptography. */
export interface Backend {
  readonly hmac: (key: Uint8Array<ArrayBuffer>) => Key
  readonly ed25519: (pair: KeyPair) => Key
}
