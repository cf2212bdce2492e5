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
