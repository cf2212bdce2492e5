import type { OperationCallback, OutgoingDefinition } from '@ringback/core'
import type { Writable } from '../store/apply-change.ts'
import type { CredentialPlace, DeliverySettings } from '../store/delivery-store.ts'

/** What a message adds to the declarations of its callback. */
export interface MessageSettings {
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly credentials: readonly CredentialPlace[]
  /** Milliseconds until it is first due. */
  readonly delay: number
}

/** Gives what is stored with a delivery about how it is sent; `undefined` where the sender's options say it all. */
export function settingsOf(
  { responses, mediaType, delivery }: OutgoingDefinition & Pick<OperationCallback, 'delivery'>,
  { headers, credentials, delay }: MessageSettings,
): DeliverySettings | undefined {
  const settings: Writable<DeliverySettings> = {}
  const finalStatuses: number[] = []
  for (const status in responses) if (responses[status]?.final) finalStatuses.push(Number(status))
  if (headers !== undefined) settings.headers = headers
  if (mediaType !== undefined) settings.contentType = mediaType
  if (finalStatuses.length > 0) settings.finalStatuses = finalStatuses
  if (credentials.length > 0) settings.credentials = credentials
  if (delay > 0) settings.delay = delay
  if (delivery) Object.assign(settings, retryOf(delivery))
  for (const _ in settings) return settings
  return undefined
}

/** A schedule of the application's own is kept also after overload, unless it says how long to wait then. */
function retryOf(delivery: NonNullable<OperationCallback['delivery']>): Partial<DeliverySettings> {
  const { schedule, overloadWait } = delivery
  return schedule && overloadWait === undefined ? { ...delivery, overloadWait: 0 } : delivery
}
