import { CliError, messageOf } from '../errors.ts'

/** A request that was saved: its headers, by lower-case name, and the bytes of its body. */
export interface SavedRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
  /** Whether the body was saved as parsed JSON, so that its bytes are not known. */
  readonly isParsed: boolean
}

/**
 * Reads a saved request: JSON with `headers` and `body` (or `bodyBase64`), or the text of an HTTP request.
 *
 * @throws {CliError} when it is neither
 */
export function readSavedRequest(bytes: Uint8Array<ArrayBuffer>, name: string): SavedRequest {
  const text = new TextDecoder().decode(bytes)
  return /^\s*\{/.test(text) ? readJson(text, name) : readHttp(bytes, name)
}

function readJson(text: string, name: string): SavedRequest {
  let saved: unknown
  try {
    saved = JSON.parse(text)
  } catch (cause) {
    throw new CliError(`'${name}' is not JSON: ${messageOf(cause)}`, { cause })
  }
  const { headers, body, bodyBase64 } = saved as Readonly<Record<string, unknown>>
  if (typeof headers !== 'object' || headers === null) {
    throw new CliError(
      `'${name}' has no headers: save the request as {"headers": {…}, "body": "…"}, with the body as text.`,
    )
  }
  const isParsed = typeof body !== 'string' && body !== undefined && bodyBase64 === undefined
  const content = isParsed ? JSON.stringify(body) : String(body ?? '')
  return {
    headers: readHeaders(headers),
    body: typeof bodyBase64 === 'string' ? decodeBase64(bodyBase64) : encode(content),
    isParsed,
  }
}

/** Headers as a record, or as a list of pairs such as DevTools copies them. */
function readHeaders(headers: object): Record<string, string> {
  const pairs: [unknown, unknown][] = Array.isArray(headers)
    ? headers.map((one) => (Array.isArray(one) ? [one[0], one[1]] : [one?.name, one?.value]))
    : Object.entries(headers)
  return join(pairs.map(([name, value]) => [String(name), [value].flat().map(String)]))
}

function readHttp(bytes: Uint8Array<ArrayBuffer>, name: string): SavedRequest {
  // latin1 keeps each byte a character, so that the place in the text is that in the bytes
  const text = new TextDecoder('latin1').decode(bytes)
  const { 0: end, index } = /\r?\n\r?\n/.exec(text) ?? { 0: '', index: text.length }
  const [first = '', ...lines] = text.slice(0, index).split(/\r?\n/)
  const isRequestLine = /^[A-Z]+ \S+( HTTP\/[\d.]+)?$/.test(first)
  const fields = (isRequestLine ? lines : [first, ...lines]).map((line) =>
    /^([!#$%&'*+.^`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line),
  )
  if (fields.length === 0 || fields.some((field) => field === null)) {
    throw new CliError(
      `'${name}' is no saved request: give JSON with headers and body, or the text of an HTTP request: a line for each header, an empty line, the body.`,
    )
  }
  const pairs = fields.map((field): [string, string[]] => [field?.[1] ?? '', [field?.[2] ?? '']])
  return { headers: join(pairs), body: bytes.slice(index + end.length), isParsed: false }
}

/** Lower-case names; a header that is there twice has its values joined, as a receiver sees them. */
function join(pairs: readonly (readonly [string, readonly string[]])[]): Record<string, string> {
  const headers = new Map<string, string[]>()
  for (const [name, values] of pairs) {
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), ...values])
  }
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.join(', ')]))
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64'))
}
