import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallbackMessage } from '@ringback/core'
import { createSender, type DeliveryEvent, type SenderOptions } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import { type ScriptedLookup, scriptedResolver, virtualClock } from '@ringback/testkit'
import { type ScriptEntry, startReceiver } from '@ringback/testkit/node'
import { onTestFinished } from 'vitest'
import { messageTo } from './callback-message.ts'

export const SECRET = `whsec_${Buffer.alloc(32, 'faults').toString('base64')}`

/** A sender, an SQLite file and a receiver on loopback, all real except the clock and the resolver. */
export async function faultScene(script: readonly ScriptEntry[], options: FaultOptions = {}) {
  const { names = [['127.0.0.1']], ...senderOptions } = options
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  const clock = virtualClock()
  const receiver = await startReceiver(script, { clock })
  const resolver = scriptedResolver(...names)
  const transport = guardedFetch({
    policy: { allowHttp: true, allow: ['127.0.0.1'] },
    resolve: resolver.resolve,
  })
  const path = join(folder, 'callbacks.db')
  const store = sqliteStore(path, { clock })
  const sender = createSender({
    store,
    fetch: transport,
    secrets: [SECRET],
    clock,
    random: () => 0,
    log: false,
    ...senderOptions,
  })
  const events: DeliveryEvent[] = []
  sender.on((event) => events.push(event))
  onTestFinished(async () => {
    await receiver.close() // first, so that no request hangs
    await sender.stop()
    await transport.close()
    store.close()
    rmSync(folder, { recursive: true })
  })

  return {
    path,
    clock,
    receiver,
    resolver,
    store,
    sender,
    callbacks: sender['~callbacks'],
    events,
    /** Sends one callback to the receiver, or to the URL of `change`. */
    send: (change: Partial<CallbackMessage> & { readonly url?: string } = {}) =>
      sender['~callbacks'].send(messageTo(change.url ?? receiver.url, change)),
    /** Sends what is due after so many milliseconds. */
    async sendAfter(delay: number) {
      clock.advance(delay)
      return (await sender.sendDue()).sent
    },
    /** The newest delivery. */
    async latest() {
      const [record] = await sender.deliveries({ limit: 1 })
      if (record === undefined) throw new Error('no delivery is stored')
      return record
    },
  }
}

/** Options of the sender, and the results of lookups. */
export interface FaultOptions extends Partial<SenderOptions> {
  readonly names?: readonly ScriptedLookup[]
}

/** Tests by the name of their fault. */
export type Faults = Readonly<Record<string, () => Promise<void>>>
