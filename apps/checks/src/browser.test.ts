import { Hono } from 'hono'
import { type Listening, listen } from 'invoices/src/listen.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningChromium, startChromium } from './chromium.ts'
import { loadInvoices } from './load-invoices.ts'
import { foreignRequests, type Visit, visit } from './visit.ts'

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

// the tests of one page share one visit, in order
describe.each(['', '/v1'])('the reference page at %j', { timeout: TIMEOUT }, (prefix) => {
  let server: Listening
  let visited: Visit

  beforeAll(async () => {
    server = await listen(new Hono().route(prefix, invoices.app), 0, 'PORT')
    visited = await visit(chromium.browser, `${server.url}${prefix}/reference`)
    await visited.page.getByRole('link', { name: /Create an invoice/ }).click()
  }, TIMEOUT)
  afterAll(async () => {
    await visited.close()
    await server.close()
  })

  it('shows the callback inside its operation', async () => {
    const { page } = visited
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

  it('sends a test request to the URL of the app', async () => {
    const { page } = visited
    await page.getByRole('button', { name: /^Test Request.*post/ }).click()
    const [response] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: /^Send post request/ }).click(),
    ])

    expect(response.url()).toBe(`${server.url}${prefix}/invoices`)
    expect(response.status()).toBe(200)
  })

  it('has sent requests to its own server only, without an error', async () => {
    expect(visited.requests.slice(0, 3)).toEqual([
      `${server.url}${prefix}/reference`,
      expect.stringMatching(`^${server.url}${prefix}/reference/scalar-[\\d.]+\\.js$`),
      `${server.url}${prefix}/reference/reference.json`,
    ])
    expect(foreignRequests(visited, server.url)).toEqual([])
    expect(visited.errors).toEqual([])
  })
})
