import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExternalApi } from 'invoices/src/external.ts'
import { listen } from 'invoices/src/listen.ts'

/** What one request to the tutorial's API has caused. */
export interface TutorialRun {
  /** The request to the API, and its response, as HTTP writes them. */
  readonly exchange: string
  /** The callback as it was received, and its response. */
  readonly callback: string
  /** The OpenAPI document. */
  readonly document: Readonly<Record<string, unknown>>
}

const INVOICE = { id: '2expen51ve', customer: 'Mr. Richie Rich', total: '9999' }

/**
 * Runs the tutorial: sends a request to its API, which sends a callback to the external API, on this machine.
 *
 * @throws {Error} when the external API does not accept the callback
 */
export async function runTutorial(): Promise<TutorialRun> {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-docs-'))
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  process.env.DATABASE = join(folder, 'callbacks.db')
  process.env.CALLBACK_SECRET = secret
  const { app, sender } = await import('invoices/src/invoices.ts')

  let callback = ''
  const external = createExternalApi([secret])
  const server = await listen(
    {
      // node-server gives the request of node:http, with its header fields as they came
      async fetch(request: Request, env?: { incoming: IncomingMessage }) {
        const [body, response] = await Promise.all([
          request.clone().text(),
          external.fetch(request),
        ])
        callback = `${requestText(request, fieldsOf(env?.incoming), body)}\n\n${await responseText(response)}`
        return response
      },
    },
    0,
    'PORT',
  )
  try {
    const path = `/invoices?callback_url=${server.url}/events`
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify(INVOICE)
    const request = new Request(`http://127.0.0.1:8000${path}`, { ...init, body })
    const response = await app.fetch(request)
    const exchange = `POST ${path}\ncontent-type: application/json\n\n${body}\n\n${await responseText(response)}`
    await sender.sendDue()
    if (!/^HTTP\/1.1 200/m.test(callback)) {
      throw new Error(`the external API has not accepted the callback: ${callback}`)
    }
    const document = await (await app.request('/openapi.json')).json()
    return { exchange, callback, document }
  } finally {
    await sender.stop()
    await server.close()
    rmSync(folder, { recursive: true })
  }
}

function requestText(request: Request, fields: readonly string[], body: string): string {
  const { pathname, search } = new URL(request.url)
  return [`${request.method} ${pathname}${search} HTTP/1.1`, ...fields, '', body].join('\n')
}

function fieldsOf(incoming: IncomingMessage | undefined): string[] {
  const raw = incoming?.rawHeaders ?? []
  return raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1]}`] : []))
}

async function responseText(response: Response): Promise<string> {
  const status = response.status === 200 ? '200 OK' : String(response.status)
  const type = response.headers.get('content-type')
  return `HTTP/1.1 ${status}\ncontent-type: ${type}\n\n${await response.clone().text()}`
}
