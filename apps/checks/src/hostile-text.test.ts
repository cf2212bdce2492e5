import { reference } from '@ringback/reference'
import { listen } from 'invoices/src/listen.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostile, hostileApi } from '../test/seeds/hostile.ts'
import { type RunningChromium, startChromium } from './chromium.ts'
import { withStrictPolicy } from './strict-policy.ts'
import { foreignRequests, MOBILE, openOperation, visit } from './visit.ts'

const TIMEOUT = 120_000
const nonce = (c: { get(name: string): string }) => c.get('secureHeadersNonce')
const scalar = { defaultOpenAllTags: true }

let chromium: RunningChromium

beforeAll(async () => {
  chromium = await startChromium()
}, TIMEOUT)
afterAll(() => chromium.close())

describe.each([
  [
    'without a content security policy',
    hostileApi({ reference: reference('/reference', { scalar }) }),
  ],
  [
    'under a strict one',
    withStrictPolicy(hostileApi({ reference: reference('/reference', { scalar, nonce }) })),
  ],
])('hostile text, %s', (_name, app) => {
  it('does not script the page', { timeout: TIMEOUT }, async () => {
    const server = await listen(app, 0, 'PORT')
    const tenant = encodeURIComponent(hostile('tenant').replaceAll('/', ''))
    const visited = await visit(chromium.browser, `${server.url}/${tenant}/reference`)
    const { page } = visited

    const operation = await openOperation(visited, 'Provoke')
    // by script, since opened menus cover other buttons
    await operation.evaluate((region) => {
      const closed = region.querySelectorAll<HTMLElement>('button[aria-expanded=false]')
      for (const button of closed) button.click()
    })
    await operation.getByRole('group', { name: 'Request Body' }).nth(1).waitFor()
    await operation.getByRole('button', { name: /^put plain/ }).waitFor()
    // the text after the callback's description, which may leave elements open
    await operation.getByText('After it').waitFor()
    await openOperation(visited, 'Hooked')

    expect(await dangersOf(page)).toEqual([])
    expect(visited.injected).toEqual([])
    expect(visited.errors).toEqual([])
    expect(foreignRequests(visited, server.url)).toEqual([])
    await visited.close()
    await server.close()
  })
})

describe('the check', () => {
  it('detects a script', { timeout: TIMEOUT }, async () => {
    const html = `<!doctype html><title>x</title><p>${hostile('trap')}`
    const server = await listen({ fetch: () => htmlResponse(html) }, 0, 'PORT')
    const visited = await visit(chromium.browser, server.url, { viewport: MOBILE })
    await expect.poll(() => visited.injected).toContain('trap')
    expect(await dangersOf(visited.page)).not.toEqual([])
    await visited.close()
    await server.close()
  })
})

/** Lists the elements that would run a script, now or at a click. */
function dangersOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const attributes = [...element.attributes].filter(
        ({ name, value }) =>
          /^on|^srcdoc$|^formaction$/i.test(name) ||
          (['href', 'src', 'action', 'data', 'xlink:href'].includes(name) &&
            /^\W*(?:javascript|vbscript|data:text)/i.test(value.replace(/[\s\0]/g, ''))),
      )
      const isEmbedding = ['IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(element.tagName)
      return attributes.length > 0 || isEmbedding ? [element.outerHTML.slice(0, 200)] : []
    }),
  )
}

function htmlResponse(html: string): Response {
  return new Response(html, { headers: { 'content-type': 'text/html' } })
}
