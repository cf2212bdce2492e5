import type { ServerResponse } from 'node:http'
import type { Clock } from '@ringback/sender'
import { dripBody, floodHeaders, sendGzipBomb } from './floods.ts'

/** A fault that a receiver plays in place of a response. */
export type ReceiverFault =
  /** Takes the request, and never responds. */
  | { readonly hang: true }
  /** Resets the connection, before the headers or after the headers of a 200. */
  | { readonly reset: 'before-headers' | 'after-headers' }
  /** A 200 that promises 100 bytes, sends this text, and closes the connection. */
  | { readonly truncated: string }
  /** A 200 whose body never ends: one byte each time so many milliseconds have passed. */
  | { readonly drip: number }
  /** A 200 whose headers never end. */
  | { readonly endlessHeaders: true }
  /** A 200 with so many megabytes of zeros, compressed to a thousandth of that. */
  | { readonly gzipBomb: number }
  /** A redirect to this URL; 302 by default. */
  | { readonly redirect: string; readonly status?: number }
  /** These bytes, which need not be HTTP. */
  | { readonly raw: string }

/** A response that a receiver sends. */
export interface ScriptedResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds on the receiver's clock before it responds. */
  readonly delay?: number
}

/** The reaction of a receiver to one request: a status, a response, or a fault. */
export type ScriptEntry = number | ScriptedResponse | ReceiverFault

/** Plays one entry of a script on a response. */
export function playEntry(entry: ScriptEntry, response: ServerResponse, clock: Clock): void {
  const { socket } = response
  if (socket === null) return // the sender has closed the connection
  if (typeof entry === 'number') {
    response.writeHead(entry).end()
  } else if ('redirect' in entry) {
    response.writeHead(entry.status ?? 302, { location: entry.redirect }).end()
  } else if ('status' in entry) {
    const respond = () => response.writeHead(entry.status, entry.headers).end(entry.body)
    if (entry.delay === undefined) respond()
    else clock.after(entry.delay, respond)
  } else if ('reset' in entry) {
    if (entry.reset === 'before-headers') socket.resetAndDestroy()
    else breakOff(response, '{', () => socket.resetAndDestroy())
  } else if ('truncated' in entry) {
    breakOff(response, entry.truncated, () => socket.end())
  } else if ('drip' in entry) {
    dripBody(response, entry.drip, clock)
  } else if ('endlessHeaders' in entry) {
    floodHeaders(socket)
  } else if ('gzipBomb' in entry) {
    sendGzipBomb(response, entry.gzipBomb)
  } else if ('raw' in entry) {
    socket.end(entry.raw, 'latin1')
  }
  // nothing is done for `hang`
}

/** Promises 100 bytes, sends the start, and breaks the connection once it was sent. */
function breakOff(response: ServerResponse, start: string, breakConnection: () => void): void {
  response.writeHead(200, { 'content-length': '100' })
  response.write(start, breakConnection)
}
