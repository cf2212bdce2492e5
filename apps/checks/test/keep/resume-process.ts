// Another process, later: it knows a key, and nothing of the request.
import { createSender } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import { createOrder } from './orders.ts'

const { DATABASE = '', KEY = '' } = process.env

const sender = createSender({
  store: sqliteStore(DATABASE),
  secrets: [`whsec_${Buffer.alloc(32, 'faults').toString('base64')}`],
  policy: { allowHttp: true, allow: ['127.0.0.1'] },
  egress: 'platform',
})
const { state } = await sender.resume(createOrder, KEY).paid.send({ amount: 12 })
process.stdout.write(state)
