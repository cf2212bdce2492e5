import type { IncomingMessage } from 'node:http'

/** A request as it was received. */
export interface ReceivedRequest {
  readonly method: string
  /** The path with the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  /** The bytes as text. */
  readonly body: string
  /** The address of the receiver that the sender connected to. */
  readonly localAddress: string
}

/** Reads a request to its end. */
export async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    bytes: new Uint8Array(bytes),
    body: bytes.toString('utf8'),
    localAddress: request.socket.localAddress ?? '',
  }
}
