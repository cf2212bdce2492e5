import type { ResolveUrlOptions } from '../resolve-url.ts'

/** The question that a vector asks an implementation. */
export type VectorMode =
  | 'parse' // an expression's parts
  | 'evaluate' // an expression's value, with its type
  | 'url' // a callback key's URL
  | 'compat' // FastAPI's shorthand: the specification's key, and its URL

/** The authority for the expected outcome. */
export type VectorBasis =
  | 'spec' // OpenAPI 3.0.4, 3.1.2 and 3.2.0
  | 'rfc' // an RFC, or the WHATWG URL Standard
  | 'judgement' // ours: `why` has the reason

/** The options that a vector passes on. */
export interface VectorOptions extends ResolveUrlOptions {
  /** FastAPI's shorthand is allowed: in the mode `compat`. */
  readonly compat?: boolean
  /** `public-only`: addresses that are not public are `blocked-address`. */
  readonly policy?: string
}

/** The parts, the value, the URL, or the code of the error. */
export interface VectorOutcome {
  readonly ast?: unknown
  readonly value?: unknown
  readonly url?: string
  readonly canonical?: string
  readonly error?: string
}
