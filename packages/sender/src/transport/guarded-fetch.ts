import type { EgressPolicy } from './egress/policy.ts'

/** A fetch that opens no connection that its policy refuses. */
export type GuardedFetch = typeof fetch & {
  /** The policy for every request and every connection. */
  readonly policy: EgressPolicy
  /** Closes the connections kept alive, after the requests in flight. */
  close(): Promise<void>
}
