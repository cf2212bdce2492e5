import { type Context, Hono } from 'hono'
import type { BlankEnv } from 'hono/types'
import { checkOperations } from './check-operations.ts'
import { CoreError } from './errors.ts'
import type { AppSchema } from './hono/app-schema.ts'
import { honoHandler } from './hono/handler.ts'
import { type RuntimeOptions, runtimeFrom } from './hono/runtime.ts'
import type { DocumentOptions } from './openapi/document.ts'
import type { AnyOperation } from './operation.ts'
import { bothSlashes } from './path.ts'
import { type ReferenceOptions, referencePages, serveReference } from './reference.ts'

/** Options of an API. Paths are relative to where it is mounted. */
export interface ApiOptions extends DocumentOptions, RuntimeOptions {
  /** Where the OpenAPI document is served, as `/openapi.json`. */
  readonly document?: string
  /** Where the reference page is served, as `/reference`; it shows the document. */
  readonly reference?: string | ReferenceOptions
}

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
  const runtime = runtimeFrom(options)
  checkOperations(operations, {
    isDocumented: options.document !== undefined,
    pages: pagesOf(options),
  })

  const app = new Hono()
  // before the operations, whose parameters would answer for them: '/:id' is also '/openapi.json'
  serveDocument(app, options, operations)
  for (const operation of operations) {
    const { method, path, middleware } = operation['~definition']
    // alone, Hono runs it without composing; with middleware the composition is Hono's own
    const handlers = [...middleware, honoHandler(operation, runtime)]
    app.on(method.toUpperCase(), bothSlashes(path), ...handlers)
  }
  // the operations were added one by one, so Hono's own type knows nothing of them
  return app as unknown as Hono<
    BlankEnv,
    AppSchema<NonNullable<TOperations[number]['~entry']>>,
    '/'
  >
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
    let serving: Promise<(c: Context) => Response> | undefined
    app.get(path, async (c) => {
      // built on the first request: an app whose document nobody reads does not convert its schemas
      serving ??= import('./openapi/document-server.ts').then(({ documentServer }) =>
        documentServer(options, operations),
      )
      return (await serving)(c)
    })
  }

  if (reference !== undefined) {
    if (path === undefined) {
      throw new CoreError('reference', "a reference page shows a document: set 'document' as well")
    }
    serveReference(app, { ...pageOf(reference), document: path, title: options.info.title })
  }
}
