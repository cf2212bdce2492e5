// How many deliveries one object takes and sends a second, and the rows that each writes.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startWorkerd } from '../test/workerd.ts'

const COUNT = 2000
const ROUNDS = 3

let received = 0
const sink = createServer((request, response) => {
  request.resume().on('end', () => {
    received += 1
    response.writeHead(204).end()
  })
}).listen(0, '127.0.0.1')
await once(sink, 'listening')
const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`

const workerd = await startWorkerd('../bench/worker', {
  objects: { CALLBACKS: 'Callbacks', ROWS: 'Rows' },
})
for (const count of [1, 100]) {
  const response = await fetch(`${workerd.url}/rows?count=${count}`)
  console.log(`rows written per delivery, ${count} at once:`, await response.json())
}
for (let round = 0; round <= ROUNDS; round += 1) {
  received = 0
  const begin = performance.now()
  await fetch(`${workerd.url}/flood?count=${COUNT}&url=${url}`)
  const enqueued = performance.now() - begin
  while (received < COUNT) await new Promise((resolve) => setTimeout(resolve, 5))
  const sent = performance.now() - begin
  // the first round warms up
  if (round === 0) continue
  const perSecond = (milliseconds: number) => Math.round((COUNT / milliseconds) * 1000)
  console.log(`stored ${perSecond(enqueued)}/s, delivered ${perSecond(sent)}/s`)
}
await workerd.close()
sink.closeAllConnections()
sink.close()
