import type { KeyPair } from './ed25519.ts'
import type { SignatureVersion } from './parse-signatures.ts'
import type { SignedContent } from './signed-content.ts'

/** A secret made ready for use, which a caller keeps: making it costs more than signing. */
export interface Key {
  readonly version: SignatureVersion
  /** The signature as base64, at once where the runtime can; a public key alone has no `sign`. */
  readonly sign: ((content: SignedContent) => string | Promise<string>) | undefined
  /** Says whether one of the signatures, which are of the key's version, is by this key. */
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
