import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSender, type DeliveryStore, memoryStore } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sign } from '@ringback/signing'
import { Agent, request } from 'undici'
import { sqliteStore } from '../src/index.ts'
import { messageTo, PAYLOAD } from './message-to.ts'

export const CONCURRENCY = 64
export const SECRET = `whsec_${Buffer.alloc(32, 'bench').toString('base64')}`
export const policy = { allowHttp: true, allow: ['127.0.0.1'] }

/** Sends so many requests to a URL, and ends when each was answered. */
export type Contender = (count: number, url: string) => Promise<void>

/** Undici's request, signed, at the same concurrency, with nothing kept. */
export const bareUndici: Contender = async (count, url) => {
  const dispatcher = new Agent({ connections: CONCURRENCY })
  const body = Buffer.from(JSON.stringify(PAYLOAD))
  let begun = 0
  const send = async () => {
    while (begun < count) {
      begun += 1
      const id = `msg_${begun}`
      const timestamp = Math.floor(Date.now() / 1000)
      const signature = await sign({ id, timestamp, body, secrets: [SECRET] })
      const headers = { 'content-type': 'application/json', ...signature }
      const answer = await request(url, { method: 'POST', body, headers, dispatcher })
      await answer.body.dump()
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, send))
  await dispatcher.close()
}

/** A started sender: each delivery is stored, sent and recorded. */
async function send(
  store: DeliveryStore,
  count: number,
  { url, endpoints = 1 }: { readonly url: string; readonly endpoints?: number },
): Promise<void> {
  const transport = guardedFetch({ policy })
  const limits = { endpoint: { concurrency: CONCURRENCY } }
  const options = { concurrency: CONCURRENCY, limits, secrets: [SECRET], fetch: transport }
  const sender = createSender({ store, ...options })
  await sender.start()
  let delivered = 0
  const all = new Promise<void>((resolve, reject) => {
    sender.on(({ delivery, attempt }) => {
      if (delivery.state === 'delivered') delivered += 1
      else if (attempt) reject(new Error(delivery.detail))
      if (delivered === count) resolve()
    })
  })
  // an endpoint is the origin of a URL, for one owner
  const messages = Array.from({ length: endpoints }, (_, n) => messageTo(url, `owner-${n}`))
  // as handlers do: many at once, and each waits for what it has sent to be stored
  let begun = 0
  const handle = async () => {
    while (begun < count) {
      const message = messages[begun % endpoints]
      begun += 1
      if (message) await sender['~callbacks'].send(message)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, handle))
  await all
  await sender.stop()
  await transport.close()
}

export const withMemory: Contender = (count, url) => send(memoryStore(), count, { url })

/** The sender with an SQLite file, to so many endpoints. */
export function withSqlite(endpoints: number): Contender {
  return async (count, url) => {
    await inFolder(async (folder) => {
      const store = sqliteStore(join(folder, 'callbacks.db'))
      await send(store, count, { url, endpoints })
      store.close()
    })
  }
}

/** The sender with a file in which deliveries wait. */
export function overPending(store: DeliveryStore): Contender {
  return (count, url) => send(store, count, { url })
}

/** Runs work in a folder that is gone afterwards. */
export async function inFolder<TResult>(
  work: (folder: string) => Promise<TResult>,
): Promise<TResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
