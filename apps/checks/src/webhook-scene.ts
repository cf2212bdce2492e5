import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { webhook } from '@ringback/core'
import {
  createSender,
  type DeliveryEvent,
  type DeliveryStore,
  generateMasterKey,
  memoryStore,
  type SenderOptions,
} from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { generateSecret } from '@ringback/signing'
import { sqliteStore } from '@ringback/store-sqlite'
import { virtualClock } from '@ringback/testkit'
import { type ScriptEntry, startReceiver } from '@ringback/testkit/node'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'

export const invoicePaid = webhook('post', 'invoice.paid')
  .body(v.object({ id: v.string(), amount: v.number() }))
  .response(204)

/** The payload of a message. */
export const PAID = { id: 'in_1', amount: 12 }

/** The stores that webhooks are tried with. */
export type StoreName = 'memoryStore' | 'sqliteStore'

/** A sender of webhooks, all real except the clock, and a receiver for each script. */
export async function webhookScene(
  {
    store: name,
    ...options
  }: { readonly store: StoreName } & Partial<Omit<SenderOptions, 'store'>>,
  ...scripts: readonly (readonly ScriptEntry[])[]
) {
  const folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
  const clock = virtualClock()
  const receivers = await Promise.all(scripts.map((script) => startReceiver(script, { clock })))
  const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  const sqlite = name === 'sqliteStore' && sqliteStore(join(folder, 'callbacks.db'), { clock })
  const store: DeliveryStore = sqlite || memoryStore({ clock })
  const sender = createSender({
    store,
    fetch: transport,
    secrets: [generateSecret()],
    masterKey: generateMasterKey(),
    clock,
    random: () => 0,
    log: false,
    ...options,
  })
  const events: DeliveryEvent[] = []
  sender.on((event) => events.push(event))
  onTestFinished(async () => {
    for (const receiver of receivers) await receiver.close() // first, so that no request hangs
    await sender.stop()
    await transport.close()
    if (sqlite) sqlite.close()
    rmSync(folder, { recursive: true })
  })
  return {
    folder,
    clock,
    receivers,
    transport,
    store,
    sender,
    events,
    /** Registers an endpoint of ann's for each receiver. */
    register: (change: object = {}) =>
      Promise.all(
        receivers.map(({ url }) =>
          sender.endpoints.create({ owner: 'ann', url: `${url}/hooks`, ...change }),
        ),
      ),
    /** Sends what is due after so many milliseconds. */
    async sendAfter(delay: number) {
      clock.advance(delay)
      return (await sender.sendDue()).sent
    },
  }
}
