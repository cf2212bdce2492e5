import { type Context, Hono } from 'hono'
import type { BlankEnv } from 'hono/types'
import type { CallbackSender } from './delivery.ts'
import { CoreError } from './errors.ts'
import type { AppSchema } from './hono/app-schema.ts'
import { honoHandler, type Runtime } from './hono/handler.ts'
import type { DocumentOptions } from './openapi/document.ts'
import type { AnyOperation } from './operation.ts'
import { claimOperationId, operationIdOf } from './operation-id.ts'
import { type ReferenceOptions, serveReference } from './reference.ts'

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
  /** The API's public address, which `$url` is built on instead of the Host header. */
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
 * @throws {CoreError} with `duplicate-name` when two operations share method and path, or an operationId;
 *   with `reference` when there is a reference page and no document
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

  const app = new Hono()
  const operationIds = new Map<string, string>()
  const places = new Set<string>()
  for (const operation of operations) {
    const { method, path } = operation['~definition']
    const place = `${method.toUpperCase()} ${path}`
    if (places.has(place)) {
      throw new CoreError('duplicate-name', `two operations are ${place}; keep one of them`)
    }
    places.add(place)
    const id = operationIdOf(operation['~definition'])
    claimOperationId(operationIds, id, place)
    app.on(method.toUpperCase(), bothSlashes(path), honoHandler(operation, id, runtime))
  }

  serveDocument(app, options, operations)
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

function serveDocument(app: Hono, options: ApiOptions, operations: readonly AnyOperation[]): void {
  const { document: path, reference } = options
  if (path !== undefined) {
    let built: Promise<string> | undefined
    app.get(path, async (c) => {
      // built on the first request: an app whose document nobody reads does not convert its schemas
      built ??= import('./openapi/document.ts').then(({ document }) =>
        JSON.stringify(document(documentOptions(options), operations)),
      )
      return c.body(await built, 200, { 'content-type': 'application/json' })
    })
  }

  if (reference !== undefined) {
    if (path === undefined) {
      throw new CoreError('reference', "a reference page shows a document: set 'document' as well")
    }
    const page = typeof reference === 'string' ? { path: reference } : reference
    serveReference(app, { ...page, document: path, title: options.info.title })
  }
}

function documentOptions(options: ApiOptions): DocumentOptions {
  const { info, servers, publicUrl } = options
  if (servers) return { info, servers }
  return publicUrl === undefined ? { info } : { info, servers: [{ url: publicUrl }] }
}
