import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { CliError, messageOf } from '../errors.ts'
import { type Diagnosis, diagnose } from '../signatures/diagnose.ts'
import { forward } from './forward.ts'

/** A request that the listener has received, and its response. */
export interface Heard {
  readonly method: string
  /** The path and the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly diagnosis: Diagnosis
  readonly status: number
  /** Why nothing could be forwarded. */
  readonly trouble?: string
}

/** Options of a listener. */
export interface ListenerOptions {
  /** 0 takes a free port. */
  readonly port: number
  readonly secrets: readonly string[]
  readonly headerPrefix: string
  /** Verified requests go there, with their path. */
  readonly forwardTo?: URL | undefined
  /** The response where nothing is forwarded. */
  readonly status: number
  readonly body?: string | undefined
  readonly onRequest: (heard: Heard) => void
}

/** A listener that is ready. */
export interface Listener {
  readonly url: string
  close(): Promise<void>
}

interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string | undefined
  readonly trouble?: string
}

/**
 * Starts a receiver for development on 127.0.0.1: it verifies each request, and forwards it or responds.
 *
 * @throws {CliError} when the port is taken
 */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const server = createServer((request, response) => {
    receive(request, response, options).catch((error: unknown) => {
      // the sender has gone away
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message =
        cause.code === 'EADDRINUSE'
          ? `The port ${port} is in use: stop what listens there, or give --port another, or 0 for a free one.`
          : `Nothing can listen on the port ${port}: ${messageOf(cause)}`
      reject(new CliError(message, { cause }))
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  options: ListenerOptions,
): Promise<void> {
  const body = new Uint8Array(await buffer(request))
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
  const { secrets, headerPrefix } = options
  const now = Math.floor(Date.now() / 1000)
  const saved = { headers, body, isParsed: false }
  const diagnosis = await diagnose(saved, { secrets, now, tolerance: 300, headerPrefix })
  const { method = 'GET', url: path = '/' } = request
  const reply = await replyTo({ method, path, headers, body }, diagnosis, options)

  response.writeHead(reply.status, reply.headers)
  response.end(reply.body)
  options.onRequest({
    method,
    path,
    headers,
    body: new TextDecoder().decode(body),
    diagnosis,
    status: reply.status,
    ...(reply.trouble !== undefined && { trouble: reply.trouble }),
  })
}

async function replyTo(
  request: Parameters<typeof forward>[0],
  diagnosis: Diagnosis,
  { forwardTo, status, body }: ListenerOptions,
): Promise<Reply> {
  // as @ringback/receiver responds
  if (!diagnosis.ok) return { status: diagnosis.problem === 'missing-header' ? 401 : 403 }
  if (forwardTo !== undefined) return forward(request, forwardTo)
  if (body === undefined) return { status }
  return { status, headers: { 'content-type': 'application/json' }, body }
}
