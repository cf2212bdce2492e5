import type { EgressPolicy } from './egress/policy.ts'

/** A fetch that opens no connection that its policy refuses. */
export type GuardedFetch = typeof fetch & {
  /** The policy that every request and every connection is judged by. */
  readonly policy: EgressPolicy
  /** Closes the connections that are kept alive, after the requests in flight. */
  close(): Promise<void>
}
