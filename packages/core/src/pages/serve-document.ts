import type { Context, Hono } from 'hono'
import { CoreError } from '../definition/errors.ts'
import type { AnyOperation } from '../definition/operation.ts'
import { bothSlashes } from '../definition/path.ts'
import type { DocumentOptions } from '../openapi/document.ts'
import { once } from './once.ts'
import type { ReferenceOptions } from './reference.ts'

/** Where the document is served, and the page that shows it. Paths are relative to where the app is mounted. */
export interface ServeOptions {
  /** Where the OpenAPI document is served, as `/openapi.json`. */
  readonly document?: string
  /** Where the reference page is served, as `/reference`; it shows the document. */
  readonly reference?: string | ReferenceOptions
}

/** What the document and its page are made of. */
export interface DocumentedOptions extends DocumentOptions, ServeOptions {
  readonly publicUrl?: string
  readonly sender?: unknown
}

/** What answers for each of the pages; loaded by the first request. */
export type PageResponses = Readonly<Record<PageName, (c: Context) => Promise<Response>>>
type PageName = 'document' | 'page' | 'shown' | 'script'

/** A path that answers GET, and what it serves. */
type Page = readonly [path: string, what: string, name: PageName]

/** The pages, and what they are, for whoever must not have their place. */
export function pagesOf({ document, reference }: ServeOptions): Page[] {
  const pages: Page[] = document === undefined ? [] : [[document, 'the document', 'document']]
  if (reference !== undefined) {
    const { path, cdn, callbacks } = pageOf(reference)
    const page = "the reference page's"
    pages.push([path, 'the reference page', 'page'])
    if (callbacks !== false) pages.push([beside(path, SHOWN), `${page} document`, 'shown'])
    if (cdn === undefined) pages.push([beside(path, SCRIPT), `${page} script`, 'script'])
  }
  return pages
}

/** The page's own copy of the document. */
export const SHOWN = 'reference.json'
/** Of any version: during an upgrade, a page of one instance asks another for its script. */
const SCRIPT = ':script{scalar-[^/]+\\.js}'

/** Serves the document and its page; what they are made of is loaded, and made, by the first request. */
export function serveDocument(
  app: Hono,
  options: DocumentedOptions,
  operations: readonly AnyOperation[],
): void {
  if (options.reference !== undefined && options.document === undefined) {
    throw new CoreError('reference', "a reference page shows a document: set 'document' as well")
  }
  const responses = once(async () =>
    (await import('./page-responses.ts')).pageResponses(options, operations),
  )
  for (const [path, , name] of pagesOf(options)) {
    for (const one of name === 'page' ? bothSlashes(path) : [path]) {
      app.get(one, async (c) => (await responses())[name](c))
    }
  }
}

export function pageOf(reference: string | ReferenceOptions): ReferenceOptions {
  return typeof reference === 'string' ? { path: reference } : reference
}

/** A path below another's. */
export function beside(path: string, name: string): string {
  return `${path.replace(/\/+$/, '')}/${name}`
}
