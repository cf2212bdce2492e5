/** A request as an HTTP client sends it. */
export interface Sample {
  readonly method: 'POST' | 'GET'
  readonly what: string
  readonly url: string
  readonly body?: string
  /** A body of chunks, whose length no header tells. */
  readonly isChunked?: true
  /** It breaks its schema. */
  readonly isRefused?: true
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

export const CHUNKED: Sample = { ...POST, what: 'without a content-length', isChunked: true }

/** Its operation declares a callback, which this request does not send. */
export const CALLBACK: Sample = {
  ...POST,
  what: 'to an operation that declares a callback',
  url: POST.url.replace('/invoices', '/orders'),
}

/** The same, and wrong: what answers them with a 200 validates nothing. */
export function invalid(sample: Sample): Sample {
  return sample.method === 'POST'
    ? { ...sample, body: JSON.stringify({ ...INVOICE, total: '9999' }), isRefused: true }
    : { ...sample, url: sample.url.replace('EUR', 'euros'), isRefused: true }
}

export const REFUSED: Sample = { ...invalid(POST), what: 'with a body that breaks its schema' }

/** With the headers that HTTP clients send. */
export function requestOf({ method, url, body, isChunked }: Sample): Request {
  const headers: Record<string, string> = {
    accept: 'application/json',
    host: 'localhost',
    'user-agent': 'bench',
  }
  if (body === undefined) return new Request(url, { method, headers })
  headers['content-type'] = 'application/json'
  if (!isChunked) headers['content-length'] = String(body.length)
  return new Request(url, { method, headers, body })
}
