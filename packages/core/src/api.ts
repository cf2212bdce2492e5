import { type Context, Hono } from 'hono'
import type { BlankEnv } from 'hono/types'
import { checkOperations } from './check-operations.ts'
import type { CallbackSender } from './delivery.ts'
import { CoreError } from './errors.ts'
import type { AppSchema } from './hono/app-schema.ts'
import { honoHandler, type Runtime } from './hono/handler.ts'
import { mountOf } from './mount.ts'
import type { DocumentOptions } from './openapi/document.ts'
import type { OpenApiDocument } from './openapi/types.ts'
import type { AnyOperation } from './operation.ts'
import { operationIdOf } from './operation-id.ts'
import { type ReferenceOptions, referencePages, serveReference } from './reference.ts'

/** Options of an API. Paths are relative to where it is mounted. */
export interface ApiOptions extends DocumentOptions {
  /** Sends the callbacks; on edge runtimes a function of the request that brings bindings and secrets. */
  readonly sender?: CallbackSender | ((c: Context) => CallbackSender)
  /** The API's user on whose behalf a request runs; by default everybody is one owner. */
  readonly owner?: (c: Context) => string
  /** Where the OpenAPI document is served, as `/openapi.json`. */
  readonly document?: string
  /** Where the reference page is served, as `/reference`; it shows the document. */
  readonly reference?: string | ReferenceOptions
  /** The public address of the place where the API is mounted; `$url` and the document begin with it. */
  readonly publicUrl?: string
  /** The longest request body that is read, in bytes; 1 MiB by default. */
  readonly bodyLimit?: number
}

const ONE_MEBIBYTE = 1024 * 1024

/**
 * Makes a Hono app of operations: their handlers, their document, and the page that shows it.
 *
 * @example
 * const app = createApi(
 *   { info: { title: 'Invoices', version: '1.0.0' }, sender, document: '/openapi.json', reference: '/reference' },
 *   [createInvoice],
 * )
 *
 * @throws {CoreError} with `duplicate-name` when two operations answer the same requests or share an operationId,
 *   or one has the place of a page; with `reference` when there is a reference page and no document; where there
 *   is a document also with `schema` for an operation without an answer, `path` for a path that it cannot describe
 */
export function createApi<const TOperations extends readonly AnyOperation[]>(
  options: ApiOptions,
  operations: TOperations,
): Hono<BlankEnv, AppSchema<NonNullable<TOperations[number]['~entry']>>, '/'> {
  const runtime: Runtime = {
    sender: options.sender,
    owner: options.owner ?? (() => 'default'),
    publicUrl: options.publicUrl,
    bodyLimit: options.bodyLimit ?? ONE_MEBIBYTE,
  }

  checkOperations(operations, {
    isDocumented: options.document !== undefined,
    pages: pagesOf(options),
  })

  const app = new Hono()
  // before the operations, whose parameters would answer for them: '/:id' is also '/openapi.json'
  serveDocument(app, options, operations)
  for (const operation of operations) {
    const { method, path } = operation['~definition']
    const id = operationIdOf(operation['~definition'])
    app.on(method.toUpperCase(), bothSlashes(path), honoHandler(operation, id, runtime))
  }
  // the operations were added one by one, so Hono's own type knows nothing of them
  return app as unknown as Hono<
    BlankEnv,
    AppSchema<NonNullable<TOperations[number]['~entry']>>,
    '/'
  >
}

/** `/x` and `/x/`: both answer, wherever the app is mounted. */
function bothSlashes(path: string): string[] {
  const bare = path.replace(/\/+$/, '')
  return bare === '' ? ['/'] : [bare, `${bare}/`]
}

function pagesOf({ document, reference }: ApiOptions): (readonly [path: string, what: string])[] {
  return [
    ...(document === undefined ? [] : [[document, 'the document'] as const]),
    ...(reference === undefined ? [] : referencePages(pageOf(reference))),
  ]
}

function pageOf(reference: string | ReferenceOptions): ReferenceOptions {
  return typeof reference === 'string' ? { path: reference } : reference
}

function serveDocument(app: Hono, options: ApiOptions, operations: readonly AnyOperation[]): void {
  const { document: path, reference } = options
  if (path !== undefined) {
    let building: Promise<OpenApiDocument> | undefined
    let latest = { base: '', json: '' }
    app.get(path, async (c) => {
      // built on the first request: an app whose document nobody reads does not convert its schemas
      building ??= import('./openapi/document.ts').then(({ document }) =>
        document(documentOptions(options), operations),
      )
      const built = await building
      const base = mountOf(c)
      if (latest.json === '' || latest.base !== base) {
        latest = {
          base,
          json: JSON.stringify(isServerKnown(options) ? built : servedAt(built, base)),
        }
      }
      return c.body(latest.json, 200, { 'content-type': 'application/json' })
    })
  }

  if (reference !== undefined) {
    if (path === undefined) {
      throw new CoreError('reference', "a reference page shows a document: set 'document' as well")
    }
    serveReference(app, { ...pageOf(reference), document: path, title: options.info.title })
  }
}

function isServerKnown({ servers, publicUrl }: ApiOptions): boolean {
  return servers !== undefined || publicUrl !== undefined
}

/** Without servers of its own, a document's is the place where the app that serves it is mounted. */
function servedAt(built: OpenApiDocument, base: string): OpenApiDocument {
  return { ...built, servers: [{ url: base === '' ? '/' : base }] }
}

function documentOptions(options: ApiOptions): DocumentOptions {
  const { info, servers, publicUrl } = options
  if (servers) return { info, servers }
  return publicUrl === undefined
    ? { info }
    : { info, servers: [{ url: publicUrl.replace(/\/+$/, '') }] }
}
