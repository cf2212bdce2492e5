// An application that is killed around the answer of a request whose callback reads it.
import { createSender } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import { doing, ordersApp, postTo } from './orders.ts'

const { DATABASE = '', SINK = '', CRASH_AT } = process.env

const sender = createSender({
  store: sqliteStore(DATABASE),
  secrets: [`whsec_${Buffer.alloc(32, 'faults').toString('base64')}`],
  policy: { allowHttp: true, allow: ['127.0.0.1'] },
  egress: 'platform',
})
doing.what = async ({ callbacks }) => {
  await callbacks.created.send({ ok: true })
  if (CRASH_AT === 'beforeAnswer') process.kill(process.pid, 'SIGKILL')
}
await postTo(ordersApp(sender), '/answered', SINK)
process.kill(process.pid, 'SIGKILL')
