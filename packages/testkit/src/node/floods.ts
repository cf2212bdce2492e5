import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Clock } from '@ringback/sender'

const MEGABYTE = Buffer.alloc(1024 * 1024)
const HEADER = `x-more: ${'x'.repeat(1000)}\r\n`

/** A 200 whose body never ends, a byte at a time. */
export function drip(response: ServerResponse, interval: number, clock: Clock): void {
  response.writeHead(200, { 'content-type': 'text/plain' })
  const next = () => {
    if (response.destroyed) return
    response.write('x')
    clock.after(interval, next)
  }
  next()
}

/** A 200 whose headers never end, as fast as the other side takes them. */
export function endlessHeaders(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n')
  const write = () => {
    while (!socket.destroyed && socket.write(HEADER));
  }
  socket.on('drain', write)
  write()
}

/** A 200 with megabytes of zeros, which gzip makes small, whatever the request accepts. */
export function gzipBomb(response: ServerResponse, megabytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  const zeros = Readable.from(Array.from({ length: megabytes }, () => MEGABYTE))
  // whoever stops reading breaks the connection, and that is no failure of ours
  pipeline(zeros, createGzip({ level: 9 }), response, () => {})
}
