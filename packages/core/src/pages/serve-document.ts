import type { Hono } from 'hono'
import { loadDocumentedApi } from '#late'
import { CoreError } from '../definition/errors.ts'
import type { AnyOperation } from '../definition/operation.ts'
import { bothSlashes } from '../definition/path.ts'
import type { ApiRuntimeOptions } from '../hono/runtime.ts'
import type { DocumentOptions } from '../openapi/document.ts'
import { once } from './once.ts'
import type { PageRoute, ReferencePage } from './reference-page.ts'

/** Where the document is served, and the page that shows it. Paths are relative to where the app is mounted. */
export interface ServeOptions {
  /** The path of the OpenAPI document, such as `/openapi.json`; it is YAML where the path ends in `.yaml` or `.yml`. */
  readonly document?: string
  /** The page that shows the document: `reference('/reference')` of `@ringback/reference`. */
  readonly reference?: ReferencePage
}

/** The options that the document and its page are made from. */
export interface DocumentedOptions extends DocumentOptions, ServeOptions {
  readonly publicUrl?: string
  readonly sender?: ApiRuntimeOptions['sender']
}

/** The paths that respond to GET, each with its name in messages: no operation can have them. */
export function pagesOf({ document, reference }: ServeOptions): [path: string, name: string][] {
  return [
    ...(document === undefined ? [] : [[document, 'the document'] satisfies [string, string]]),
    ...routesOf(reference).map(({ path, name }): [string, string] => [path, name]),
  ]
}

/** Serves the document and its page; both are loaded and made by the first request for them. */
export function serveDocument(
  app: Hono,
  options: DocumentedOptions,
  operations: readonly AnyOperation[],
): void {
  const { document, reference } = options
  const load =
    typeof __RINGBACK_DOCUMENT__ === 'undefined' || __RINGBACK_DOCUMENT__
      ? loadDocumentedApi
      : undefined
  const documented =
    load && once(async () => (await load()).createDocumentedApi(options, operations))
  // the command line writes the document, also of an app that does not serve it
  Object.assign(app, { '~documented': documented })
  if (document === undefined) {
    if (reference === undefined) return
    throw new CoreError(
      'reference',
      "the reference page has no document to show; set the option document, such as '/openapi.json'",
    )
  }
  if (documented === undefined) {
    throw new CoreError(
      'option',
      `the document at '${document}' was left out of the bundle: remove __RINGBACK_DOCUMENT__ from the constants that the bundler defines, or the option document`,
    )
  }
  app.get(document, async (c) => (await documented()).serveDocument(c))
  for (const { path, load } of routesOf(reference)) {
    const respond = once(async () => load(await documented()))
    for (const one of bothSlashes(path)) app.get(one, async (c) => (await respond())(c))
  }
}

function routesOf(reference: ReferencePage | undefined): readonly PageRoute[] {
  if (reference === undefined) return []
  const { '~routes': routes } = reference
  if (routes === undefined) {
    throw new CoreError(
      'reference',
      "the option reference takes a page, not its path; install @ringback/reference and write reference: reference('/reference')",
    )
  }
  return routes
}
