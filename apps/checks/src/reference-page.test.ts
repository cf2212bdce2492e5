import type { OpenApiDocument } from '@ringback/core'
import { reference } from '@ringback/reference'
import { Hono } from 'hono'
import { type Listening, listen } from 'invoices/src/listen.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shopApi } from '../test/seeds/shop.ts'
import { type RunningChromium, startChromium } from './chromium.ts'
import { withStrictPolicy } from './strict-policy.ts'
import {
  DESKTOP,
  foreignRequests,
  MOBILE,
  measureFirstPaint,
  openOperation,
  type Visit,
  visit,
} from './visit.ts'

const TIMEOUT = 120_000
const scalar = { defaultOpenAllTags: true }
const REFERENCE = reference('/reference', { scalar })

let chromium: RunningChromium
let document: Outline

beforeAll(async () => {
  chromium = await startChromium()
  document = await readOutline()
}, TIMEOUT)
afterAll(() => chromium.close())

describe('the page of ten operations, twenty callbacks and three webhooks', {
  timeout: TIMEOUT,
}, () => {
  let server: Listening
  let visited: Visit

  beforeAll(async () => {
    server = await listen(shopApi({ reference: REFERENCE }), 0, 'PORT')
    visited = await visit(chromium.browser, `${server.url}/reference`)
  }, TIMEOUT)
  afterAll(async () => {
    await visited.close()
    await server.close()
  })

  it('has a document with all of them', () => {
    expect(document.operations).toHaveLength(10)
    expect(document.operations.flatMap(({ callbacks }) => callbacks)).toHaveLength(20)
    expect(document.webhooks).toHaveLength(3)
  })

  it('shows every callback with method, name, URL, fields and responses', async () => {
    for (const { summary, callbacks } of document.operations) {
      if (callbacks.length === 0) continue
      const operation = await openOperation(visited, summary)
      const shown = operation.getByRole('group', { name: 'Callbacks' })

      for (const { method, name, url, fields, responses, summary: about } of callbacks) {
        const button = shown.getByRole('button', { name: `${method} ${name} ${url}`, exact: true })
        await button.click()
        const callback = await shown.ariaSnapshot()
        for (const field of fields) expect(callback).toContain(`${field} Type:`)
        for (const status of responses) expect(callback).toMatch(new RegExp(`text: "?${status}\\b`))
        const text = await shown.textContent()
        expect(text).toContain(`Sent as ${method.toUpperCase()} to ${url}`)
        expect(text).toContain(about)
        expect(text).toContain(`curl -X ${method.toUpperCase()} 'http`)
        await button.click()
      }
    }
  })

  it('shows every webhook with method, name, fields and responses', async () => {
    for (const { summary, method, name, fields, responses } of document.webhooks) {
      const webhook = await openOperation(visited, summary)
      const text = await webhook.ariaSnapshot()
      expect(text).toContain(`Request Example for ${method}${name}`)
      for (const field of fields) expect(text).toContain(`${field} Type:`)
      for (const status of responses) expect(text).toMatch(new RegExp(`text: "?${status}\\b`))
    }
  })

  it('describes what Scalar leaves out of a callback', async () => {
    const operation = await openOperation(visited, 'Create an order')
    const shown = operation.getByRole('group', { name: 'Callbacks' })
    await shown.getByRole('button', { name: /^post orderAccepted/ }).click()
    const section = await shown.textContent()
    for (const words of [
      'Sent as soon as every line is reserved',
      'Security: partnerKey (API key in the header X-Partner-Key; The key that you left in the dashboard.)',
      'Response: 200 OK, or 410 The order is not wanted any more',
      '{$request.query.callback_url} is the query parameter callback_url of the request; without it, nothing is sent there',
    ]) {
      expect(section).toContain(words)
    }
  })

  it('links to the document as it was declared', async () => {
    const { page } = visited
    const link = page.getByRole('link', { name: 'OpenAPI document' })
    const url = new URL((await link.getAttribute('href')) ?? '', page.url())
    expect(await (await fetch(url)).text()).toBe(
      await (await shopApi().request('/openapi.json')).text(),
    )
  })

  it('has sent requests to its own server only, without an error', () => {
    expect(foreignRequests(visited, server.url)).toEqual([])
    expect(visited.errors).toEqual([])
  })

  it('is painted', async () => {
    const url = `${server.url}/reference`
    const first = await visit(chromium.browser, url)
    const cold = await measureFirstPaint(first.page)
    await first.page.reload()
    const kept = await measureFirstPaint(first.page)
    const requests = first.requests.filter((one) => one.includes('/scalar-'))
    await first.close()

    console.log(`first contentful paint: ${cold} ms, of a second visit: ${kept} ms`)
    expect(cold).toBeGreaterThan(0)
    expect(requests).toHaveLength(2)
  })
})

describe.each([
  ['under a base path', (app: Hono) => new Hono().basePath('/api').route('/v1', app), '/api/v1'],
  ['behind a proxy that adds a prefix', addPrefix, '/prefix'],
] as const)('%s', (_name, mount, prefix) => {
  it.each(['/reference', '/reference/'])('%s works', { timeout: TIMEOUT }, async (path) => {
    let app = new Hono()
    const server = await listen({ fetch: (request) => app.fetch(request) }, 0, 'PORT')
    app = mount(shopApi({ reference: REFERENCE, publicUrl: `${server.url}${prefix}` }))
    const visited = await visit(chromium.browser, `${server.url}${prefix}${path}`)

    const response = await tryOut(visited)
    expect(response.url()).toMatch(`${server.url}${prefix}/search`)
    expect(visited.requests.filter((url) => !url.startsWith(`${server.url}${prefix}/`))).toEqual([])
    await visited.close()
    await server.close()
  })
})

describe('under a strict content security policy', { timeout: TIMEOUT }, () => {
  it('works with a nonce, without an error', async () => {
    const nonce = (c: { get(name: string): string }) => c.get('secureHeadersNonce')
    const app = withStrictPolicy(shopApi({ reference: reference('/reference', { scalar, nonce }) }))
    const server = await listen(app, 0, 'PORT')
    const visited = await visit(chromium.browser, `${server.url}/reference`)

    const described = await openOperation(visited, 'Create an order')
    await described.getByRole('button', { name: /^post orderAccepted/ }).click()
    const response = await tryOut(visited)

    expect(response.headers()['content-security-policy']).toMatch(/script-src 'nonce-/)
    expect(response.status()).toBe(200)
    expect(visited.errors).toEqual([])
    await visited.close()
    await server.close()
  })
})

describe.each([
  ['a telephone', MOBILE],
  ['a desk', DESKTOP],
])('on %s', (_name, viewport) => {
  it('nothing is wider than the page', { timeout: TIMEOUT }, async () => {
    const server = await listen(shopApi({ reference: REFERENCE }), 0, 'PORT')
    for (const place of ['', '#tag/orders/POST/orders', '#tag/parcels/POST/parcels']) {
      const url = `${server.url}/reference${place}`
      const visited = await visit(chromium.browser, url, { viewport })
      const { page } = visited
      const title = place.includes('parcels') ? 'Send a parcel' : 'Create an order'
      await page
        .getByRole('region', { name: title, exact: true })
        .getByRole('group', { name: 'Callbacks' })
        .getByRole('button')
        .first()
        .click()
      await page.getByText('Sent as').first().waitFor()
      const [scroll, right] = await page.evaluate(() => {
        // long lines of code are scrolled in their block
        const described = [...window.document.querySelectorAll('.markdown :not(pre *)')]
        const rights = described.map((one) => one.getBoundingClientRect().right)
        return [window.document.documentElement.scrollWidth, Math.max(...rights)]
      })
      expect(scroll).toBe(viewport.width)
      expect(right).toBeLessThanOrEqual(viewport.width)

      const { SCREENSHOTS } = process.env
      if (SCREENSHOTS !== undefined) {
        const name = `${viewport.width}${place.replaceAll(/\W+/g, '-')}.png`
        await page.screenshot({ path: `${SCREENSHOTS}/${name}` })
      }
      expect(visited.errors).toEqual([])
      await visited.close()
    }
    await server.close()
  })
})

/** Serves an app as a proxy does that adds a prefix. */
function addPrefix(app: Hono): Hono {
  return new Hono().all('/prefix/*', (c) => {
    const url = new URL(c.req.url)
    url.pathname = url.pathname.slice('/prefix'.length)
    return app.fetch(new Request(url, c.req.raw))
  })
}

/** Sends the test request of an operation without required parameters. */
async function tryOut(visited: Visit) {
  const operation = await openOperation(visited, 'Search orders')
  await operation.getByRole('button', { name: /^Test Request/ }).click()
  const [response] = await Promise.all([
    visited.page.waitForResponse((one) => one.url().includes('/search')),
    visited.page.getByRole('button', { name: /^Send get request/ }).click(),
  ])
  return response
}

interface Sent {
  readonly summary: string
  readonly method: string
  readonly name: string
  readonly url: string
  readonly fields: readonly string[]
  readonly responses: readonly string[]
}

interface Outline {
  readonly operations: readonly { readonly summary: string; readonly callbacks: readonly Sent[] }[]
  readonly webhooks: readonly Sent[]
}

/** Reads from the document what the page has to show. */
async function readOutline(): Promise<Outline> {
  const text = await (await shopApi().request('/openapi.json')).text()
  const { paths, webhooks = {}, components }: OpenApiDocument = JSON.parse(text)
  type Item = (typeof paths)[string]

  const sent = (name: string, url: string, item: Item): Sent[] =>
    Object.entries(item).map(([method, { summary = '', requestBody, responses }]) => {
      const schema = requestBody?.content['application/json']?.schema ?? {}
      const named = components?.schemas?.[String(schema.$ref).split('/').pop() ?? ''] ?? schema
      const fields = Object.keys(named.properties ?? {})
      const headers = Object.keys(components?.parameters ?? {})
      return {
        summary,
        method,
        name,
        url,
        fields: [...fields, ...headers],
        responses: Object.keys(responses),
      }
    })
  return {
    operations: Object.values(paths).flatMap((item) =>
      Object.values(item).map(({ summary = '', callbacks = {} }) => ({
        summary,
        callbacks: Object.entries(callbacks).flatMap(([name, callback]) =>
          Object.entries(callback).flatMap(([url, one]) => sent(name, url, one)),
        ),
      })),
    ),
    webhooks: Object.entries(webhooks).flatMap(([name, item]) => sent(name, '', item)),
  }
}
