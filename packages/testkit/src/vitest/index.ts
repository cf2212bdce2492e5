import { expect } from 'vitest'
import { type DeliveryMatchers, deliveryMatchers } from './delivery-matchers.ts'

export type { DeliveryMatchers } from './delivery-matchers.ts'

declare module 'vitest' {
  // the names and defaults of vitest's own declaration
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends DeliveryMatchers {}
}

expect.extend(deliveryMatchers)
