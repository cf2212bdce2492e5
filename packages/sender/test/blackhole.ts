import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

/** An address of this machine that does not complete a connection, until it is opened. */
export interface Blackhole {
  readonly address: string
  readonly port: number
  /** Completes the connections that wait. */
  open(): void
}

const SOURCE = `
import { createServer } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
const { address, port, gate } = workerData
const server = createServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', () => socket.end('HTTP/1.1 204 OK\\r\\n\\r\\n'))
})
server.listen({ host: address, port, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  // a blocked thread accepts nothing
  setImmediate(() => Atomics.wait(gate, 0, 0))
})
`

/** Listens in a thread that is blocked, with a queue that is full: further connections are not completed. */
export async function blackhole(address: string, port = 0): Promise<Blackhole> {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(SOURCE)}`), {
    workerData: { address, port, gate },
  })
  const bound = await new Promise<number>((resolve) => worker.once('message', resolve))
  const fillers: Socket[] = []
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy()
    Atomics.store(gate, 0, 1)
    Atomics.notify(gate, 0)
    await worker.terminate()
  })
  // until one waits, which means that the queue is full
  for (let isFull = false; !isFull; ) {
    const filler = connect({ host: address, port: bound }).on('error', () => {})
    fillers.push(filler)
    isFull = await new Promise<boolean>((resolve) => {
      filler.once('connect', () => resolve(false))
      setTimeout(() => resolve(true), 300)
    })
  }
  return {
    address,
    port: bound,
    open() {
      for (const filler of fillers) filler.destroy()
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
    },
  }
}
