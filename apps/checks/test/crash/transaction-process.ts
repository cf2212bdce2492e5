// An application that is killed around the end of its own transaction.
import { DatabaseSync } from 'node:sqlite'
import { createSender } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import { messageTo } from '../../src/faults/callback-message.ts'

const { DATABASE = '', SINK = '', CRASH_AT } = process.env

const sender = createSender({
  store: sqliteStore(DATABASE),
  secrets: [`whsec_${Buffer.alloc(32, 'crash').toString('base64')}`],
  policy: { allowHttp: true, allow: ['127.0.0.1'] },
  egress: 'platform',
})
const prepared = await sender['~callbacks'].prepare(messageTo(SINK))
const database = new DatabaseSync(DATABASE)
database.exec("BEGIN; INSERT INTO invoice VALUES ('a')")
prepared.enqueue(database)
if (CRASH_AT === 'beforeCommit') process.kill(process.pid, 'SIGKILL')
database.exec('COMMIT')
process.kill(process.pid, 'SIGKILL')
