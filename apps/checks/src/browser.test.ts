import { Hono } from 'hono'
import { type Listening, listen } from 'invoices/src/listen.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningChromium, startChromium } from './chromium.ts'
import { loadInvoices } from './load-invoices.ts'

const TIMEOUT = 60_000

let invoices: Awaited<ReturnType<typeof loadInvoices>>
let chromium: RunningChromium

beforeAll(async () => {
  invoices = await loadInvoices()
  chromium = await startChromium()
}, TIMEOUT)
afterAll(async () => {
  await chromium.close()
  await invoices.remove()
})

// the tests of one page follow one visit
describe.each(['', '/v1'])('the reference page at %j', { timeout: TIMEOUT }, (prefix) => {
  const requests: string[] = []
  const errors: string[] = []
  let server: Listening
  let page: Page

  beforeAll(async () => {
    server = await listen(new Hono().route(prefix, invoices.app), 0, 'PORT')
    const context = await chromium.browser.newContext({ viewport: { width: 1280, height: 1000 } })
    context.on('request', (request) => requests.push(request.url()))
    context.on('requestfailed', (request) => errors.push(`failed: ${request.url()}`))
    context.on('weberror', (error) => errors.push(error.error().message))
    context.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page = await context.newPage()
    await page.goto(`${server.url}${prefix}/reference`)
    await page.getByRole('link', { name: /Create an invoice/ }).click()
  }, TIMEOUT)
  afterAll(async () => {
    await page.context().close()
    await server.close()
  })

  it('shows the callback inside its operation', async () => {
    const callbacks = page.getByRole('group', { name: 'Callbacks' })
    const callback = callbacks.getByRole('button', {
      name: 'post invoiceNotification {$request.query.callback_url}/invoices/{$request.body#/id}',
    })
    await callback.click()

    const body = await callbacks.getByRole('group', { name: 'Request Body' }).ariaSnapshot()
    expect(body).toContain('description Type: string required')
    expect(body).toContain('paid Type: boolean required')

    const { SCREENSHOT } = process.env
    if (SCREENSHOT !== undefined && prefix === '') {
      await callbacks.scrollIntoViewIfNeeded()
      await page.screenshot({ path: SCREENSHOT })
    }
  })

  it('sends a test request to where the app is', async () => {
    await page.getByRole('button', { name: /^Test Request.*post/ }).click()
    const [response] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: /^Send post request/ }).click(),
    ])

    expect(response.url()).toBe(`${server.url}${prefix}/invoices`)
    expect(response.status()).toBe(200)
  })

  it('has asked nobody but its own server, without an error', async () => {
    expect(requests.slice(0, 3)).toEqual([
      `${server.url}${prefix}/reference`,
      expect.stringMatching(`^${server.url}${prefix}/reference/scalar-[\\d.]+\\.js$`),
      `${server.url}${prefix}/reference/reference.json`,
    ])
    expect(requests.filter((url) => !isOwn(url, server.url))).toEqual([])
    expect(errors).toEqual([])
  })
})

function isOwn(url: string, origin: string): boolean {
  const { protocol, origin: asked } = new URL(url)
  return asked === origin || protocol === 'data:' || protocol === 'blob:'
}
