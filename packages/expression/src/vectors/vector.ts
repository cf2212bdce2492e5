import type { ResolveUrlOptions } from '../resolve-url.ts'

/** What a vector asks of an implementation. */
export type VectorMode =
  | 'parse' // an expression's parts
  | 'evaluate' // an expression's value, with its type
  | 'url' // a callback key's URL
  | 'compat' // FastAPI's shorthand: the specification's key, and its URL

/** Who says that it is so. */
export type VectorBasis =
  | 'spec' // OpenAPI 3.0.4, 3.1.2 and 3.2.0
  | 'rfc' // an RFC, or the WHATWG URL Standard
  | 'judgement' // nobody: `why` has the reason

export interface VectorOptions extends ResolveUrlOptions {
  /** FastAPI's shorthand is on: in the mode `compat`. */
  readonly compat?: boolean
  /** `public-only`: addresses that are not public are `blocked-address`. */
  readonly policy?: string
}

/** What comes out: the parts, the value, the URL, or the code of the error. */
export interface VectorOutcome {
  readonly ast?: unknown
  readonly value?: unknown
  readonly url?: string
  readonly canonical?: string
  readonly error?: string
}
