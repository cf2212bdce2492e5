import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Clock } from '@ringback/sender'

const MEGABYTE = Buffer.alloc(1024 * 1024)
const HEADER = `x-more: ${'x'.repeat(1000)}\r\n`

/** Sends a 200 whose body never ends, one byte at each interval. */
export function dripBody(response: ServerResponse, interval: number, clock: Clock): void {
  response.writeHead(200, { 'content-type': 'text/plain' })
  const next = () => {
    if (response.destroyed) return
    response.write('x')
    clock.after(interval, next)
  }
  next()
}

/** Sends a 200 whose headers never end, as fast as the client reads them. */
export function floodHeaders(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n')
  const write = () => {
    while (!socket.destroyed && socket.write(HEADER));
  }
  socket.on('drain', write)
  write()
}

/** Sends a 200 with megabytes of zeros as gzip, whatever the request accepts. */
export function sendGzipBomb(response: ServerResponse, megabytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  const zeros = Readable.from(Array.from({ length: megabytes }, () => MEGABYTE))
  // a client that stops reading breaks the connection, which is expected
  pipeline(zeros, createGzip({ level: 9 }), response, () => {})
}
