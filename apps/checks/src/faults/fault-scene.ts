import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CallbackMessage, callback, route } from '@ringback/core'
import { createSender, type DeliveryEvent, type SenderOptions } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import { type Answer, scriptedResolver, virtualClock } from '@ringback/testkit'
import { type Play, startReceiver } from '@ringback/testkit/node'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'

export const SECRET = `whsec_${Buffer.alloc(32, 'faults').toString('base64')}`

const Event = v.object({ paid: v.boolean() })
const Received = v.object({ ok: v.boolean() })

/** Everything real but the clock and the resolver: a sender, an SQLite file, and a receiver on loopback. */
export async function faultScene(script: readonly Play[], options: FaultOptions = {}) {
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
    events,
    /** Sends one callback to the receiver, or to where `change` says. */
    send: (change: Partial<CallbackMessage> & { readonly url?: string } = {}) =>
      sender.send(messageTo(change.url ?? receiver.url, change)),
    /** Sends what is due after so many milliseconds. */
    async sendAfter(delay: number) {
      clock.advance(delay)
      return sender.sendDue()
    },
    /** The newest delivery. */
    async latest() {
      const [record] = await sender.deliveries({ limit: 1 })
      if (record === undefined) throw new Error('there is no delivery')
      return record
    },
  }
}

/** What the sender of a scene is told, and what names resolve to. */
export interface FaultOptions extends Partial<SenderOptions> {
  readonly names?: readonly Answer[]
}

/** A fault, played. */
export type Faults = Readonly<Record<string, () => Promise<void>>>

/** What a handler sends, to this URL; 409 and 422 are answers that are final. */
export function messageTo(url: string, change: Partial<CallbackMessage> = {}): CallbackMessage {
  const event = callback('post', '{$request.query.url}')
    .body(Event)
    .response(200, Received)
    .response(422, undefined, { final: true })
  const operation = route('post', '/')
    .query(v.object({ url: v.string() }))
    .callback('event', event)
  const declared = operation['~definition'].callbacks.event
  if (declared === undefined) throw new Error('there is no callback')
  const query = encodeURIComponent(url)
  return {
    name: 'event',
    callback: declared,
    operationId: 'post',
    owner: 'default',
    exchange: {
      request: {
        method: 'POST',
        url: `https://api.example/?url=${query}`,
        pathParams: {},
        headers: {},
      },
    },
    validated: ['query'],
    payload: { paid: true },
    ...change,
  }
}
