import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** A page that was opened, and what it did. */
export interface Visit {
  readonly page: Page
  /** The URLs that it asked for, in order. */
  readonly requests: readonly string[]
  /** What it, its scripts and its console complained of. */
  readonly errors: readonly string[]
  /** What hostile text achieved: each call of `injected()` in the page. */
  readonly injected: readonly unknown[]
  close(): Promise<void>
}

export const DESKTOP = { width: 1280, height: 1000 }
export const MOBILE = { width: 390, height: 844 }

/** Opens a URL in a context of its own. */
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

/** Goes to an operation or webhook by the list at the side. */
export async function openOperation({ page }: Visit, summary: string): Promise<Locator> {
  await page.getByRole('link', { name: `${summary} HTTP Method:` }).click()
  const region = page.getByRole('region', { name: summary, exact: true })
  await region.getByRole('heading', { name: summary, exact: true }).waitFor()
  return region
}

/** The requests that went to another origin than this one. */
export function foreignRequests({ requests }: Visit, origin: string): string[] {
  return requests.filter((url) => {
    const { protocol, origin: asked } = new URL(url)
    return asked !== origin && protocol !== 'data:' && protocol !== 'blob:'
  })
}

/** Milliseconds from the navigation to the first text or picture. */
export async function firstContentfulPaint(page: Page): Promise<number> {
  const paint = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  )
  return Math.round((await paint.jsonValue()) ?? 0)
}
