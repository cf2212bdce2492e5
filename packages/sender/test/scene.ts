import { onTestFinished } from 'vitest'
import type { DeliveryEvent } from '../src/operate/events.ts'
import type { SenderOptions } from '../src/options.ts'
import { createSender } from '../src/sender.ts'
import { memoryStore } from '../src/store/memory/memory-store.ts'
import { guardedFetch } from '../src/transport/node/index.ts'
import { manualClock } from './manual-clock.ts'
import { type Play, sink } from './sink.ts'

export const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
export const policy = { allowHttp: true, allow: ['127.0.0.1'] }

/** A sender with a clock that stands still, and a receiver that plays a script, for the current test. */
export async function scene(plays: readonly Play[], options: Partial<SenderOptions> = {}) {
  const receiver = await sink(...plays)
  const clock = manualClock()
  const fetch = guardedFetch({ policy })
  const store = memoryStore({ clock })
  const sender = createSender({
    store,
    secrets,
    fetch,
    clock,
    random: () => 0,
    log: false,
    ...options,
  })
  const events: DeliveryEvent[] = []
  sender.on((event) => events.push(event))
  onTestFinished(async () => {
    await receiver.close() // first, so that no request hangs
    await sender.stop()
    await fetch.close()
  })
  return {
    receiver,
    clock,
    sender,
    callbacks: sender['~callbacks'],
    store,
    events,
    states: () => events.map((event) => event.delivery.state),
    /** Sends what is due after so many milliseconds. */
    async sendAfter(delay: number) {
      clock.advance(delay)
      return (await sender.sendDue()).sent
    },
  }
}
