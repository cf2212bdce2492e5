import type { AnyOperation } from '@ringback/core'
import type { Clock } from './clock.ts'
import type { Log } from './operate/log.ts'
import type { Tracer } from './operate/tracer.ts'
import type { DeliveryStore } from './store/delivery-store.ts'
import type { RequestLimit } from './store/request-limits.ts'
import type { EgressPolicy } from './transport/egress/policy.ts'
import type { GuardedFetch } from './transport/guarded-fetch.ts'
import type { Retention } from './work/cleaner.ts'
import type { Credentials } from './work/credentials.ts'
import type { RedactResponse } from './work/record-response.ts'
import type { SigningSecrets } from './work/secrets.ts'

/** Options of a sender. Times are milliseconds, sizes bytes. */
export interface SenderOptions {
  readonly store: DeliveryStore
  /** The secrets that callbacks are signed with, newest first; a function gives each owner its own, or a promise of them. */
  readonly secrets: SigningSecrets
  /**
   * The key that the secrets of endpoints are derived from, and their headers sealed under: `generateMasterKey()` makes
   * one. Several while it is being replaced, newest first.
   */
  readonly masterKey?: string | readonly string[]
  /**
   * Gives the credentials of callbacks that are declared with `.security(scheme)`, by the name of the scheme. Each is
   * asked for at each attempt, and never stored or logged: `{ tenantKey: ({ owner }) => keyOf(owner) }`.
   */
  readonly credentials?: Credentials
  /**
   * The operations whose callbacks are sent, so that responses are checked against their declarations in a process that
   * has no API with them.
   */
  readonly operations?: readonly AnyOperation[]
  /** Makes the requests: `guardedFetch()` on Node; by default the platform's fetch. */
  readonly fetch?: typeof fetch | GuardedFetch
  /** Where callbacks may go; by default the policy of the guarded fetch. */
  readonly policy?: EgressPolicy
  /** Names who guards the connections when `fetch` does not; without it `start` rejects in that case. */
  readonly egress?: 'platform' | 'proxy'
  /** The longest duration of one attempt: connect, headers and body together; 15 s by default. */
  readonly deadline?: number
  /**
   * The delay before each attempt; by default 0, 5 s, 30 s, 2 m, 10 m, 30 m, 2 h for callbacks, and for webhooks 0, 5 s,
   * 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
   */
  readonly schedule?: readonly number[]
  /** The least delay after 429, 502, 504 or no response in time; 60 s by default, and 0 with a schedule of your own. */
  readonly overloadWait?: number
  /** Requests at once; 64 by default. */
  readonly concurrency?: number
  /** Requests at once, and a second, to each endpoint (16 at once by default) and for each owner. */
  readonly limits?: { readonly endpoint?: RequestLimit; readonly owner?: RequestLimit }
  /**
   * How long final deliveries are kept, 30 days by default, how many of each owner, a million, and how many bytes of
   * their payloads, 1 GiB; and how long exchanges are kept, 30 days.
   */
  readonly retention?: Partial<Retention>
  /** Decides what of a response is recorded; by default its headers without cookies, and its first 1024 characters. */
  readonly redact?: RedactResponse
  /** The longest payload; 1 MiB by default. */
  readonly payloadLimit?: number
  /** `keep` sends members that the schema of a payload does not name; by default they are taken out. */
  readonly undeclared?: 'keep' | 'remove'
  /** How long `stop` waits for requests before it aborts them; 10 s by default. */
  readonly grace?: number
  /** Keeps an edge runtime alive: `(promise) => c.executionCtx.waitUntil(promise)`. Callbacks are then sent at once. */
  readonly waitUntil?: (promise: Promise<unknown>) => void
  /**
   * Takes a line for each delivery that is dead, unresolvable or held, with the remedy; the console by default, pino and
   * its like fit, `false` is silent.
   */
  readonly log?: Log | false
  /** Traces each send and attempt: `createTracer()` of `@ringback/otel`. The trace is kept with the delivery. */
  readonly tracer?: Tracer
  /**
   * The hosts that are your own, in the notation of the policy's `allow`; without a port, any port. Requests to them, and
   * no others, carry `traceparent` and `tracestate`.
   */
  readonly ownHosts?: readonly string[]
  readonly clock?: Clock
  readonly random?: () => number
}
