import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** An open page, with its requests and errors. */
export interface Visit {
  readonly page: Page
  /** The URLs that the page requested, in order. */
  readonly requests: readonly string[]
  /** Failed requests, uncaught errors, and errors and warnings of the console. */
  readonly errors: readonly string[]
  /** The scripts that hostile text ran: the argument of each call of `injected()` in the page. */
  readonly injected: readonly unknown[]
  close(): Promise<void>
}

export const DESKTOP = { width: 1280, height: 1000 }
export const MOBILE = { width: 390, height: 844 }

/** Opens a URL in a new browser context. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: DESKTOP, ...options })
  const requests: string[] = []
  const errors: string[] = []
  const injected: unknown[] = []
  await context.exposeFunction(
    'injected',
    (what: unknown) => void injected.push(what ?? 'something'),
  )
  context.on('request', (request) => requests.push(request.url()))
  context.on('requestfailed', (request) => errors.push(`failed: ${request.url()}`))
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(message.text())
  })
  context.on('dialog', (dialog) => {
    injected.push(dialog.message())
    void dialog.dismiss()
  })
  const page = await context.newPage()
  await page.goto(url)
  return { page, requests, errors, injected, close: () => context.close() }
}

/** Opens an operation or webhook from the sidebar. */
export async function openOperation({ page }: Visit, summary: string): Promise<Locator> {
  await page.getByRole('link', { name: `${summary} HTTP Method:` }).click()
  const region = page.getByRole('region', { name: summary, exact: true })
  await region.getByRole('heading', { name: summary, exact: true }).waitFor()
  return region
}

/** The requests to other origins than this one. */
export function foreignRequests({ requests }: Visit, origin: string): string[] {
  return requests.filter((url) => {
    const { protocol, origin: asked } = new URL(url)
    return asked !== origin && protocol !== 'data:' && protocol !== 'blob:'
  })
}

/** Measures the milliseconds from the navigation to the first contentful paint. */
export async function measureFirstPaint(page: Page): Promise<number> {
  const paint = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  )
  return Math.round((await paint.jsonValue()) ?? 0)
}
