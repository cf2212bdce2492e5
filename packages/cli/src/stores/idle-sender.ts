import { createSender, type Sender } from '@ringback/sender'
import type { DeliveryStore } from '@ringback/sender/store'
import { generateSecret } from '@ringback/signing'

/** Makes a sender that is never started: it reads and changes what is stored, and sends nothing. */
export function idleSender(store: DeliveryStore): Sender {
  return createSender({ store, secrets: [generateSecret()], log: false })
}
