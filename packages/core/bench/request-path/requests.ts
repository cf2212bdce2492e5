/** A request as an HTTP client sends it. */
export interface Sample {
  readonly method: 'POST' | 'GET'
  readonly what: string
  readonly url: string
  readonly body?: string
}

/** What came back. */
export interface Answered {
  readonly status: number
  readonly type: string | null
  readonly body: string
}

const INVOICE = { id: '2expen51ve', title: null, customer: 'Mr. Richie Rich', total: 9999 }

export const POST: Sample = {
  method: 'POST',
  what: 'with a JSON body and a query',
  url: 'http://localhost/invoices?callback_url=https%3A%2F%2Fwww.external.org%2Fevents',
  body: JSON.stringify(INVOICE),
}

export const GET: Sample = {
  method: 'GET',
  what: 'with a path parameter and a query',
  url: 'http://localhost/invoices/2expen51ve?fields=total&currency=EUR',
}

/** The same, and wrong: what answers them with a 200 validates nothing. */
export const INVALID: Readonly<Record<Sample['method'], Sample>> = {
  POST: { ...POST, body: JSON.stringify({ ...INVOICE, total: '9999' }) },
  GET: { ...GET, url: 'http://localhost/invoices/2expen51ve?fields=total&currency=euros' },
}

/** With the headers that HTTP clients send, the body's length among them. */
export function requestOf({ method, url, body }: Sample): Request {
  const headers: Record<string, string> = {
    accept: 'application/json',
    host: 'localhost',
    'user-agent': 'bench',
  }
  if (body === undefined) return new Request(url, { method, headers })
  headers['content-type'] = 'application/json'
  headers['content-length'] = String(body.length)
  return new Request(url, { method, headers, body })
}
