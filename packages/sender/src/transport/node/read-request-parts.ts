/** The parts of a request, as undici takes them. */
export interface RequestParts {
  readonly method: string
  /** Names and values by turns. */
  readonly headers: string[]
  readonly body: string | Uint8Array | null
  readonly signal: AbortSignal | null
}

/**
 * Reads the arguments of a fetch. Bytes are left as they are; any other body is read whole by the platform, which
 * knows its type.
 */
export async function readRequestParts(
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<RequestParts> {
  const { body = null } = init
  const isSimple = body === null || body instanceof Uint8Array
  if (!(input instanceof Request) && isSimple) {
    const { method = 'GET', headers, signal = null } = init
    return { method: method.toUpperCase(), headers: flat(headers), body, signal }
  }
  // a stream as the body needs half-duplex, which the types do not have yet
  const half: object = { duplex: 'half' }
  const request = new Request(input, { ...init, ...half })
  const { method, headers, signal } = request
  const bytes = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
  return { method, headers: flat(headers), body: bytes, signal }
}

function flat(headers: HeadersInit | undefined): string[] {
  if (headers === undefined) return []
  const list: string[] = []
  // the platform checks and normalizes, so that no control character passes
  for (const [name, value] of headers instanceof Headers ? headers : new Headers(headers)) {
    list.push(name, value)
  }
  return list
}
