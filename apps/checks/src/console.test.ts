// The console in Chromium: every page, light and dark, at a desk and on a telephone.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { console as operatorConsole } from '@ringback/console'
import { Hono } from 'hono'
import { type Listening, listen } from 'invoices/src/listen.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BusySender, startBusySender } from '../test/console/busy-sender.ts'
import { type RunningChromium, startChromium } from './chromium.ts'
import { foreignRequests, type Visit, visit } from './visit.ts'

const TIMEOUT = 120_000
const PHONE = { width: 400, height: 850 }
const DESK = { width: 1280, height: 900 }
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let chromium: RunningChromium
let busy: BusySender
let server: Listening

beforeAll(async () => {
  ;[chromium, busy] = await Promise.all([startChromium(), startBusySender()])
  const { sender } = busy
  const authorize = (c: { req: { header(name: string): string | undefined } }) =>
    c.req.header('x-access') === 'read' ? 'read' : 'all'
  const app = new Hono().route('/console', operatorConsole(sender, { authorize }))
  server = await listen(app, 0, 'PORT')
}, TIMEOUT)
afterAll(async () => {
  await chromium.close()
  await server.close()
  await busy.close()
})

/** The paths of every page, below the console. */
async function listPages(): Promise<Readonly<Record<string, string>>> {
  const { sender } = busy
  const [dead] = await sender.deliveries({ state: 'dead', reason: 'exhausted' })
  const all = await sender.deliveries({ limit: 1000 })
  const kept = all.find(({ exchangeKey }) => exchangeKey !== undefined)
  const { endpoints } = await sender.endpoints.list()
  const [endpoint] = endpoints
  return {
    overview: '',
    day: '?window=day',
    deliveries: '/deliveries',
    dead: '/deliveries?state=dead',
    none: '/deliveries?callback=nothing',
    delivery: `/deliveries/${dead?.id}`,
    kept: `/deliveries/${kept?.id}`,
    redrive: `/deliveries/${dead?.id}/redrive`,
    redriveAll: '/deliveries/redrive?state=dead',
    endpoints: '/endpoints',
    endpoint: `/endpoints/${endpoint?.id}`,
    rotate: `/endpoints/${endpoint?.id}/rotate`,
    missing: '/deliveries/msg_none',
  }
}

const open = (path: string, options: Parameters<typeof visit>[2] = {}): Promise<Visit> =>
  visit(chromium.browser, `${server.url}/console${path}`, options)

describe.each([
  ['a desk', DESK],
  ['a telephone', PHONE],
])('on %s', (place, viewport) => {
  it.each(['light', 'dark'] as const)(
    'no page in the %s has a violation, or is wider than the screen',
    { timeout: TIMEOUT },
    async (colorScheme) => {
      const pages = Object.entries(await listPages())
      for (const [name, path] of pages) {
        const visited = await open(path, { viewport, colorScheme })
        const { page, errors } = visited
        const { SCREENSHOTS } = process.env
        if (SCREENSHOTS !== undefined) {
          const file = `${SCREENSHOTS}/${name}-${viewport.width}-${colorScheme}.png`
          await page.screenshot({ path: file, fullPage: true })
          const isBest = name === 'overview' && viewport === DESK && colorScheme === 'light'
          const clip = { x: 0, y: 0, width: DESK.width, height: 960 }
          if (isBest)
            await page.screenshot({ path: `${SCREENSHOTS}/console.png`, clip, fullPage: true })
        }
        expect(await findViolations(page), `${name} ${place} ${colorScheme}`).toEqual([])
        expect(await findWide(page), name).toEqual([])
        expect(errors.filter((error) => name !== 'missing' || !/404/.test(error))).toEqual([])
        expect(foreignRequests(visited, server.url)).toEqual([])
        await visited.close()
      }
    },
  )
})

describe('axe', () => {
  it('finds what is wrong, by the same call', { timeout: TIMEOUT }, async () => {
    const visited = await open('/endpoints')
    await visited.page.evaluate(() => {
      document.querySelector('label.field span')?.remove()
      document.querySelector('h1')?.setAttribute('aria-label', '')
      document.body.append(document.createElement('img'))
    })
    const found = JSON.stringify(await findViolations(visited.page))
    expect(found).toContain('image-alt')
    expect(found).toMatch(/"(?:label|select-name)"/)
    await visited.close()
  })
})

describe('the console', { timeout: TIMEOUT }, () => {
  it('is used by the keyboard alone: filter, delivery, redrive, confirmation', async () => {
    const { page, errors, close } = await open('/deliveries')
    const tabTo = async (
      role: 'link' | 'button' | 'combobox' | 'textbox',
      name: string | RegExp,
    ) => {
      const target = page.getByRole(role, { name }).first()
      for (let presses = 0; presses < 200; presses += 1) {
        await page.keyboard.press('Tab')
        const isThere = await target.evaluate((element) => element === document.activeElement)
        if (!isThere) continue
        const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle)
        expect(outline).not.toBe('none')
        return
      }
      throw new Error(`the keyboard does not reach ${role} ${name}`)
    }
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Skip to the content',
    )
    await tabTo('combobox', 'State')
    await page.keyboard.type('dead')
    await page.keyboard.press('Tab')
    await page.keyboard.type('exhausted')
    await tabTo('button', 'Filter')
    await Promise.all([
      page.waitForURL(/state=dead.*reason=exhausted/),
      page.keyboard.press('Enter'),
    ])
    expect(await page.getByRole('row').count()).toBeGreaterThan(2)

    await tabTo('link', /invoiceNotification|invoice\.paid/)
    await Promise.all([page.waitForURL(/deliveries\/msg_/), page.keyboard.press('Enter')])
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect((await busy.sender.deliveries({ id }))[0]).toMatchObject({
      state: 'dead',
      reason: 'exhausted',
    })
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('dead')

    await tabTo('link', 'Redrive …')
    await Promise.all([page.waitForURL(/\/redrive$/), page.keyboard.press('Enter')])
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Redrive this delivery?',
    )
    expect((await busy.sender.deliveries({ id }))[0]?.state).toBe('dead')
    await tabTo('button', 'Redrive')
    await Promise.all([page.waitForURL(/done=redrive/), page.keyboard.press('Enter')])
    expect(await page.getByRole('status').textContent()).toBe('It is sent again.')
    // it is sent at once, or waits, since its endpoint is held
    expect((await busy.sender.deliveries({ id }))[0]?.reason).toBeUndefined()
    expect(errors).toEqual([])
    await close()
  })

  it('shows new figures by itself, stops when it is told to, and says so', async () => {
    const { page, errors, close } = await open('')
    const count = () => page.locator('.card [data-text=delivered]').textContent()
    const path = () => page.locator('[data-path=delivered]').getAttribute('d')
    const [before, drawn] = [await count(), await path()]
    await busy.sendOne()
    await page.waitForFunction(
      (text) => document.querySelector('.card [data-text=delivered]')?.textContent !== text,
      before,
    )
    expect(Number(await count())).toBe(Number(before) + 1)
    expect(await path()).not.toBe(drawn)
    const pause = page.getByRole('button', { name: 'Pause' })
    await pause.click()
    expect(await pause.getAttribute('aria-pressed')).toBe('true')
    expect(await page.locator('[data-live-state]').textContent()).toBe('Paused')
    await Promise.all([page.waitForResponse(/live\.json/), pause.click()])
    await page.locator('[data-live-state]', { hasText: 'Live' }).waitFor()
    await page.route(/live\.json/, (route) => route.fulfill({ status: 503, body: '{}' }))
    await pause.click()
    await pause.click()
    await page.locator('[data-live-state]', { hasText: 'No connection' }).waitFor()
    expect(errors.filter((error) => !error.includes('503'))).toEqual([])
    await close()
  })

  it('needs no script', async () => {
    const { page, close } = await open('', { javaScriptEnabled: false })
    expect(await page.getByRole('button').count()).toBe(0)
    await page.getByRole('link', { name: 'Endpoints' }).click()
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByRole('link', { name: 'Rotate the secret …' }).click()
    await page.getByRole('button', { name: 'Rotate' }).click()
    const secret = await page.locator('.secret code').textContent()
    expect(secret).toMatch(/^whsec_/)
    await page.getByRole('link', { name: 'Back to the endpoint' }).click()
    expect(await page.content()).not.toContain('whsec_')
    await close()
  })

  it('runs nothing that strangers have sent', async () => {
    const hostile = '"><script>injected("script")</script><img src=x onerror=injected("image")>'
    await busy.sendOne({ id: hostile, owner: hostile, path: `/${encodeURIComponent(hostile)}` })
    const [delivery] = await busy.sender.deliveries({ owner: hostile })
    for (const path of [
      '',
      '/deliveries',
      `/deliveries/${delivery?.id}`,
      `/deliveries?owner=${encodeURIComponent(hostile)}`,
    ]) {
      const { page, injected, errors, close } = await open(path)
      if (path !== '')
        expect(await page.locator('main').textContent()).toContain('<script>injected')
      expect([injected, errors]).toEqual([[], []])
      await close()
    }
  })

  it('is shown in no frame, and takes no form of another site', async () => {
    const evil = await listen(
      new Hono().get('/', (c) =>
        c.html(`<iframe src="${server.url}/console" title="console"></iframe>
          <form method="post" action="${server.url}/console/deliveries/redrive"><input name="state" value="dead"><button>Win</button></form>`),
      ),
      0,
      'PORT',
    )
    const dead = (await busy.sender.deliveries({ state: 'dead', limit: 1000 })).length
    const visited = await visit(chromium.browser, evil.url)
    const { page } = visited
    expect(visited.errors.join()).toMatch(
      /frame-ancestors|Refused to frame|refused to connect|ERR_BLOCKED/i,
    )
    const [response] = await Promise.all([
      page.waitForResponse(/deliveries\/redrive/),
      page.getByRole('button', { name: 'Win' }).click(),
    ])
    expect(response.status()).toBe(403)
    expect(await busy.sender.deliveries({ state: 'dead', limit: 1000 })).toHaveLength(dead)
    await visited.close()
    await evil.close()
  })
})

/** What axe finds, of all its rules. */
async function findViolations(page: Page): Promise<unknown> {
  // by the protocol, since the policy of the page allows no script of others
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])
  })
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** The elements that reach over the edge of the page. */
function findWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const wide = [...document.querySelectorAll('body, body *')].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect()
      const isHidden = element.closest('.hidden, .skip, thead') !== null
      return !isHidden && own > 0 && (right > width + 0.5 || left < -0.5)
    })
    const scrolls = document.documentElement.scrollWidth > width ? ['the page scrolls'] : []
    return [...scrolls, ...wide.map((element) => element.outerHTML.slice(0, 120))]
  })
}
