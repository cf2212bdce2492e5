import type { Delivery, OutgoingDefinition } from '@ringback/core'
import { createEndpoints, type EndpointsOptions } from './endpoints/create-endpoints.ts'
import { readMasterKeys } from './endpoints/endpoint-keys.ts'
import type { Endpoints } from './endpoints/endpoints.ts'
import { createTargetOpener } from './endpoints/open-target.ts'
import { createRecovery, type Recovery } from './operate/recover.ts'
import type { Tracer } from './operate/tracer.ts'
import type { SenderOptions } from './options.ts'
import type { Draft } from './send/create-draft.ts'
import type { DraftMessage } from './send/draft-message.ts'
import { createPublishing, type Publishing } from './send/publish.ts'
import type { DeliveryFilter } from './store/delivery-store.ts'
import type { Credentials, Secured } from './work/credentials.ts'
import { givenSecurity } from './work/given-security.ts'
import type { Transport } from './work/transport.ts'

/** The methods of a sender on webhooks and their endpoints. */
export interface Webhooks {
  readonly endpoints: Endpoints
  readonly publishing: Publishing
  readonly recovery: Recovery
}

/** The parts of a sender that webhooks are sent by. */
export interface WebhookParts
  extends Pick<EndpointsOptions, 'store' | 'policy' | 'guard' | 'createId' | 'wake'> {
  readonly transport: Transport
  readonly tracer: Tracer | undefined
  readonly credentials: Credentials
  readonly draft: (message: DraftMessage, secured: Secured) => Promise<Draft>
  readonly remember: (name: string, webhook: OutgoingDefinition) => void
  /** Tells of a delivery that was stored. */
  readonly report: (delivery: Delivery) => void
  /** Tells of a dead delivery that is sent again. */
  readonly reportAgain: (delivery: Delivery) => void
  /** Tells of so many deliveries that were stored, which the filter selects with others. */
  readonly reportSome: (filter: DeliveryFilter, count: number, dueAt: number) => void
}

/** What a sender has of webhooks before it has a transport: how the endpoints are signed for. */
export interface PreparedWebhooks {
  readonly openTarget: Transport['openTarget']
  connect(parts: WebhookParts): Webhooks
}

/**
 * Prepares the webhooks of a sender.
 *
 * @throws {SenderError} with `option` for a master key that is not valid
 */
export function prepareWebhooks(
  masterKey: SenderOptions['masterKey'],
  now: () => number,
): PreparedWebhooks {
  const masterKeys = masterKey === undefined ? [] : readMasterKeys(masterKey)
  return {
    openTarget: createTargetOpener(masterKeys, now),
    connect(parts) {
      const { store, draft, report, reportAgain, reportSome, credentials } = parts
      return {
        endpoints: createEndpoints({
          ...parts,
          masterKeys,
          async enqueue(delivery) {
            const { delivery: stored } = await store.enqueue(delivery)
            report(stored)
            return stored
          },
        }),
        publishing: createPublishing({
          ...parts,
          hasKey: masterKeys.length > 0,
          draft: (message) => draft(message, givenSecurity(message, credentials)),
          onPublished({ owner, callback, createdAt, dueAt = createdAt }, count) {
            const range = { since: createdAt, until: createdAt + 1 }
            reportSome({ owner, callback, ...range }, count, dueAt)
          },
        }),
        recovery: createRecovery({
          store,
          report: reportAgain,
          onReplayed: (filter, count) => reportSome(filter, count, now()),
        }),
      }
    },
  }
}
