import type { ServerResponse } from 'node:http'
import type { Clock } from '@ringback/sender'
import { drip, endlessHeaders, gzipBomb } from './floods.ts'

/** What goes wrong, instead of an answer. */
export type Fault =
  /** Takes the request, and never answers. */
  | { readonly hang: true }
  /** Breaks the connection: before anything is answered, or after the headers of a 200. */
  | { readonly reset: 'before-headers' | 'after-headers' }
  /** A 200 that promises 100 bytes, sends these, and breaks the connection. */
  | { readonly truncated: string }
  /** A 200 whose body is one more byte after so many milliseconds, for ever. */
  | { readonly drip: number }
  /** A 200 whose headers never end. */
  | { readonly endlessHeaders: true }
  /** A 200 with so many megabytes of zeros, packed to a thousandth of that. */
  | { readonly gzipBomb: number }
  /** A 302 to this URL, or another status. */
  | { readonly redirect: string; readonly status?: number }
  /** These bytes, whatever they are: not HTTP at all. */
  | { readonly raw: string }

/** What a receiver does with one request: a status alone, an answer, or a fault. */
export type Play =
  | number
  | Fault
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
      /** Milliseconds on the receiver's clock before it answers. */
      readonly delay?: number
    }

/** Plays one entry of a script on a response. */
export function play(entry: Play, response: ServerResponse, clock: Clock): void {
  const { socket } = response
  if (socket === null) return // the sender has gone
  if (typeof entry === 'number') {
    response.writeHead(entry).end()
  } else if ('redirect' in entry) {
    response.writeHead(entry.status ?? 302, { location: entry.redirect }).end()
  } else if ('status' in entry) {
    const answer = () => response.writeHead(entry.status, entry.headers).end(entry.body)
    if (entry.delay === undefined) answer()
    else clock.after(entry.delay, answer)
  } else if ('reset' in entry) {
    if (entry.reset === 'before-headers') socket.resetAndDestroy()
    else breakOff(response, '{', () => socket.resetAndDestroy())
  } else if ('truncated' in entry) {
    breakOff(response, entry.truncated, () => socket.end())
  } else if ('drip' in entry) {
    drip(response, entry.drip, clock)
  } else if ('endlessHeaders' in entry) {
    endlessHeaders(socket)
  } else if ('gzipBomb' in entry) {
    gzipBomb(response, entry.gzipBomb)
  } else if ('raw' in entry) {
    socket.end(entry.raw, 'latin1')
  }
  // what hangs is left alone
}

/** Promises 100 bytes, and breaks the connection once these have left. */
function breakOff(response: ServerResponse, start: string, breakConnection: () => void): void {
  response.writeHead(200, { 'content-length': '100' })
  response.write(start, breakConnection)
}
