import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officialErrors, redoclyErrors, spectralErrors } from './document-errors.ts'
import { loadInvoices } from './load-invoices.ts'

// a request body must have content
const BROKEN = { '{$url}': { post: { requestBody: {}, responses: {} } } }

const JUDGES = [
  ['the official schema', officialErrors],
  ["Redocly's recommended rules", redoclyErrors],
  ["Spectral's recommended rules", spectralErrors],
] as const

const TIMEOUT = 60_000

let invoices: Awaited<ReturnType<typeof loadInvoices>>
let text: string

beforeAll(async () => {
  invoices = await loadInvoices()
  const response = await invoices.app.request('/openapi.json')
  text = await response.text()
}, TIMEOUT)
afterAll(() => invoices.remove())

describe('the document of the invoices API', { timeout: TIMEOUT }, () => {
  it('is OpenAPI 3.1', () => {
    expect(JSON.parse(text).openapi).toMatch(/^3\.1\.\d+$/)
  })

  it.each(JUDGES)('has no error by %s', async (_name, errorsOf) => {
    expect(await errorsOf(text)).toEqual([])
  })

  it.each(JUDGES)('has an error by %s when its callback is broken', async (_name, errorsOf) => {
    const errors = await errorsOf(replaceCallback(BROKEN))
    expect(errors).toContainEqual(expect.stringContaining('requestBody'))
  })

  it('has the callback as declared', () => {
    expect(JSON.parse(text).paths['/invoices'].post.callbacks).toMatchInlineSnapshot(`
      {
        "invoiceNotification": {
          "{$request.query.callback_url}/invoices/{$request.body#/id}": {
            "post": {
              "operationId": "postInvoices_invoiceNotification",
              "parameters": [
                {
                  "$ref": "#/components/parameters/webhook-id",
                },
                {
                  "$ref": "#/components/parameters/webhook-timestamp",
                },
                {
                  "$ref": "#/components/parameters/webhook-signature",
                },
              ],
              "requestBody": {
                "content": {
                  "application/json": {
                    "schema": {
                      "properties": {
                        "description": {
                          "type": "string",
                        },
                        "paid": {
                          "type": "boolean",
                        },
                      },
                      "required": [
                        "description",
                        "paid",
                      ],
                      "type": "object",
                    },
                  },
                },
                "required": true,
              },
              "responses": {
                "200": {
                  "content": {
                    "application/json": {
                      "schema": {
                        "properties": {
                          "ok": {
                            "type": "boolean",
                          },
                        },
                        "required": [
                          "ok",
                        ],
                        "type": "object",
                      },
                    },
                  },
                  "description": "OK",
                },
              },
              "summary": "Invoice notification",
            },
          },
        },
      }
    `)
  })
})

/** Replaces the Callback Object of the document. */
function replaceCallback(callback: unknown): string {
  return JSON.stringify(JSON.parse(text), (key, value) =>
    key === 'invoiceNotification' ? callback : value,
  )
}
