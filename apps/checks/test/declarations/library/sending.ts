// Senders, stores and what they give.
import { createSender, describeDelivery, memoryStore, systemClock } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import { moveParcel } from './groups.ts'
import { createOrder } from './operations.ts'

export const transport = guardedFetch({ policy: { allowHttp: true } })
export const store = memoryStore()
export const openStore = (path: string) => sqliteStore(path)
export const clock = systemClock
export const makeSender = (secret: string) =>
  createSender({ store, secrets: [secret], fetch: transport, clock })
export const sender = makeSender('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')

export const resumed = sender.resume(createOrder, 'order-1')
export const resumeMove = (key: string) => sender.resume(moveParcel, key)
export const sendPaid = (order: string) => resumed.paid.send({ order, paid: true })
export const callPaid = (order: string) => resumed.paid.call({ order, paid: true })
export const preparePaid = (order: string) => resumed.paid.prepare({ order, paid: true })
export const listDeliveries = () => sender.deliveries({ limit: 10 })
export const describeAll = async () => (await listDeliveries()).map(describeDelivery)
