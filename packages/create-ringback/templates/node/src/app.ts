import { createApi } from '@ringback/core'
import { reference } from '@ringback/reference'
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import { info, operations } from './operations.ts'

const { CALLBACK_SECRET, DATABASE = 'data/callbacks.db', ALLOW_LOOPBACK } = process.env
if (!CALLBACK_SECRET) {
  throw new Error('CALLBACK_SECRET is not set: make one with npx ringback secret')
}

export const sender = createSender({
  store: sqliteStore(DATABASE),
  secrets: [CALLBACK_SECRET],
  // a receiver on this machine is for development; by default, private addresses are refused
  fetch: guardedFetch({ policy: { allowLoopback: ALLOW_LOOPBACK === 'true' } }),
})

export const app = createApi(
  { info, sender, document: '/openapi.json', reference: reference('/reference') },
  operations,
)
