// What tests are made of.
import { scriptedResolver, virtualClock, withCrashPoints } from '@ringback/testkit'
import { startReceiver, storeContract } from '@ringback/testkit/node'
import { store, transport } from './sending.ts'

export const time = virtualClock()
export const resolver = scriptedResolver(['127.0.0.1'])
export const parts = withCrashPoints({ store, fetch: transport, at: () => {} })
export const startExternal = () => startReceiver([500, { hang: true }, 200], { clock: time })
export const cases = storeContract(() => ({ store }))
