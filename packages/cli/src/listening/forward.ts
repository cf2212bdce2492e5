import { messageOf } from '../errors.ts'

interface Forwarded {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

interface ForwardReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly trouble?: string
}

/** Headers of one connection, and those that fetch writes itself. */
const OWN =
  /^(?:connection|host|content-length|transfer-encoding|keep-alive|expect|upgrade|te|content-encoding)$/

/** Sends a request on, byte by byte, and resolves to the response; 502 where there is none. */
export async function forward(request: Forwarded, to: URL): Promise<ForwardReply> {
  const { method, path, body } = request
  const url = `${to.href.replace(/\/+$/, '')}${path === '/' ? '' : path}`
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.byteLength > 0
  try {
    const response = await fetch(url, {
      method,
      headers: withoutOwn(Object.entries(request.headers)),
      redirect: 'manual',
      ...(hasBody && { body }),
    })
    return {
      status: response.status,
      headers: withoutOwn([...response.headers]),
      body: new Uint8Array(await response.arrayBuffer()),
    }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    return {
      status: 502,
      trouble: `${url} cannot be reached: ${messageOf(cause)}; start the receiver, or correct --forward-to.`,
    }
  }
}

function withoutOwn(headers: readonly [string, string][]): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => !OWN.test(name)))
}
