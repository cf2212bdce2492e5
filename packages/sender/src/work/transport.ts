import type { Clock } from '../clock.ts'
import type { OpenedTarget } from '../endpoints/open-target.ts'
import type { Tracer } from '../operate/tracer.ts'
import type { ClaimedDelivery, StoredDelivery } from '../store/delivery-store.ts'
import type { DeliveryTarget } from '../store/stored-endpoint.ts'
import type { LeanFetch } from '../transport/lean-fetch.ts'
import type { OwnHosts } from '../transport/own-hosts.ts'
import type { Credentials } from './credentials.ts'
import type { RedactResponse } from './record-response.ts'
import type { SecretLookup } from './secrets.ts'

/** How requests are made. */
export interface Transport {
  readonly send: LeanFetch
  readonly clock: Clock
  /** Milliseconds for connect, headers and body together. */
  readonly deadline: number
  /** The live secrets of an owner, newest first. */
  readonly secretsOf: SecretLookup
  readonly credentials: Credentials
  readonly redact: RedactResponse
  readonly tracer?: Tracer | undefined
  /** The hosts that are told the trace. */
  readonly isOwn: OwnHosts
  /** Gives the secrets and the headers of a registered endpoint. */
  readonly openTarget: (target: DeliveryTarget) => Promise<OpenedTarget>
}

/** A delivery to send, and where it goes if its endpoint is a registered one. */
export type AttemptDelivery = StoredDelivery & Pick<ClaimedDelivery, 'target'>
