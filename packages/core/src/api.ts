import { Hono } from 'hono'
import type { BlankEnv } from 'hono/types'
import { checkOperations } from './checks/check-operations.ts'
import type { AnyOperation } from './definition/operation.ts'
import { bothSlashes } from './definition/path.ts'
import type { AppSchema } from './hono/app-schema.ts'
import { honoHandler } from './hono/handler.ts'
import { type ApiRuntimeOptions, runtimeFrom } from './hono/runtime.ts'
import type { DocumentOptions } from './openapi/document.ts'
import { pagesOf, type ServeOptions, serveDocument } from './pages/serve-document.ts'

/** Options of an API. */
export interface ApiOptions extends DocumentOptions, ApiRuntimeOptions, ServeOptions {}

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
  const { sender } = options
  const runtime = runtimeFrom(options)
  checkOperations(operations, {
    isDocumented: options.document !== undefined,
    pages: pagesOf(options),
  })

  const app = new Hono()
  // before the operations, whose parameters would answer for them: '/:id' is also '/openapi.json'
  serveDocument(app, options, operations)
  for (const operation of operations) {
    const { method, path, middleware, callbacks } = operation['~definition']
    // alone, Hono runs it without composing; with middleware the composition is Hono's own
    const handlers = [...middleware, honoHandler(operation, runtime)]
    app.on(method.toUpperCase(), bothSlashes(path), ...handlers)
    if (typeof sender !== 'object') continue
    for (const [name, callback] of Object.entries(callbacks)) {
      sender['~callbacks'].remember({ operationId: operation.operationId, name, callback })
    }
  }
  // the operations were added one by one, so Hono's own type knows nothing of them
  return app as unknown as Hono<
    BlankEnv,
    AppSchema<NonNullable<TOperations[number]['~entry']>>,
    '/'
  >
}
