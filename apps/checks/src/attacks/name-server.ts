import { createSocket } from 'node:dgram'

/** A DNS server on loopback. */
export interface NameServer {
  /** For the option `servers` of `dnsResolve`. */
  readonly servers: readonly string[]
  close(): Promise<void>
}

const HEADER = 12
const TYPE_A = 1

/** Starts a server that knows all names as 127.0.0.1, and never responds for those under `silent.example`. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4')
  socket.on('message', (request, { address, port }) => {
    const end = request.indexOf(0, HEADER) + 5
    const isSilent = request.toString('latin1', HEADER, end).toLowerCase().includes('silent')
    if (isSilent) return
    const isA = request.readUInt16BE(end - 4) === TYPE_A
    const head = Buffer.from(request.subarray(0, end))
    head.writeUInt16BE(0x8180, 2)
    head.writeUInt16BE(isA ? 1 : 0, 6)
    head.writeUInt32BE(0, 8)
    const record = [0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]
    socket.send(isA ? Buffer.concat([head, Buffer.from(record)]) : head, port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    servers: [`127.0.0.1:${socket.address().port}`],
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}
