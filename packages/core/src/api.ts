import type { Hono } from 'hono'
import type { BlankEnv } from 'hono/types'
import { createApp } from '#create-app'
import { loadWords } from '#late'
import type { AnyWebhook } from './builders/webhook.ts'
import { checkServed } from './checks/check-served.ts'
import { CoreError } from './definition/errors.ts'
import type { AnyOperation } from './definition/operation.ts'
import { bothSlashes } from './definition/path.ts'
import { requireKnown } from './definition/require-known.ts'
import { compareSpecificity } from './definition/specificity.ts'
import type { AppSchema } from './hono/app-schema.ts'
import { lateHandler } from './hono/late-handler.ts'
import { refuseLateMiddleware } from './hono/late-middleware.ts'
import { CREDENTIAL_CHECKS, forPreflight } from './hono/preflight.ts'
import { type ApiRuntimeOptions, runtimeFrom } from './hono/runtime.ts'
import type { DocumentOptions } from './openapi/document.ts'
import { pagesOf, type ServeOptions, serveDocument } from './pages/serve-document.ts'

/** Options of an API. */
export interface ApiOptions extends DocumentOptions, ApiRuntimeOptions, ServeOptions {
  /**
   * Answers requests that no operation has with problem details: 405 with `Allow` where the path has other methods,
   * else 404, and OPTIONS with 204 and `Allow`. By default they get Hono's 404. An app that this one is mounted in
   * answers for itself.
   */
  readonly unmatched?: 'problem'
}

/**
 * The app that `createApi` makes of a list of operations, or of all operations that a module exports. With this type
 * written out, the declaration files of a large API stay small: the compiler prints its name instead of an expansion.
 *
 * @example
 * import * as operations from './operations.ts'
 * export const app: Api<typeof operations> = createApi({ info }, Object.values(operations))
 */
export type Api<TOperations> = Hono<
  BlankEnv,
  AppSchema<NonNullable<OperationOf<TOperations>['~entry']>>,
  '/'
>

type OperationOf<TOperations> = TOperations extends readonly AnyOperation[]
  ? TOperations[number]
  : Extract<TOperations[keyof TOperations], AnyOperation>

// the compiler compares it with the type
const OPTIONS = {
  info: 1,
  openapi: 1,
  servers: 1,
  tags: 1,
  externalDocs: 1,
  webhooks: 1,
  signed: 1,
  problems: 1,
  schemas: 1,
  extend: 1,
  sender: 1,
  owner: 1,
  publicUrl: 1,
  bodyLimit: 1,
  checkResponses: 1,
  undeclared: 1,
  unmatched: 1,
  document: 1,
  reference: 1,
} satisfies Record<keyof ApiOptions, 1>

/**
 * Makes a Hono app of operations: it serves them, their document, and a reference page. Of two paths that
 * match a request, the more specific one has it, whatever their order.
 *
 * @example
 * const app = createApi(
 *   { info: { title: 'Invoices', version: '1.0.0' }, sender, document: '/openapi.json', reference: reference('/reference') },
 *   [createInvoice],
 * )
 *
 * @throws {CoreError} with `duplicate-name` if two operations answer the same requests or share an operationId, or if
 *   one has the path of a page; `schema` or `path` for a declaration that no request can meet; `reference` for a
 *   reference page without a document; with a document also `schema` for an operation without a response or a schema
 *   whose library cannot convert it, `path` for a path that it cannot describe; `several` for more than one of these,
 *   whose message lists all; `option` for an option or argument that is missing or does not exist
 * @throws {SenderError} with `credentials` if the sender lacks those of a callback's security scheme
 */
export function createApi<const TOperations extends readonly AnyOperation[]>(
  options: ApiOptions,
  operations: TOperations,
): Hono<BlankEnv, AppSchema<NonNullable<TOperations[number]['~entry']>>, '/'> {
  requireArguments(options, operations)
  const { sender, webhooks = [], schemas = [] } = options
  const runtime = runtimeFrom(options)
  checkServed(operations, {
    isDocumented: options.document !== undefined,
    pages: pagesOf(options),
    webhooks: webhooks.map((one) => one['~definition']),
    convertedVendors: schemas.map(({ vendor }) => vendor),
  })

  const app = createApp()
  // before the operations, whose parameters can match the pages: '/:id' is also '/openapi.json'
  serveDocument(app, options, operations)
  // Hono asks the routes in the order in which they are added
  const sorted = operations.toSorted((one, other) =>
    compareSpecificity(one['~definition'].path, other['~definition'].path),
  )
  for (const operation of sorted) {
    const { method, path, middleware, callbacks } = operation['~definition']
    // Hono runs a single handler directly, and composes it with middleware otherwise
    const handlers = [...middleware, lateHandler(operation, runtime)]
    app.on(method.toUpperCase(), bothSlashes(path), ...handlers)
    const around = middleware.filter((one) => !CREDENTIAL_CHECKS.has(one))
    if (around.length > 0) {
      const preflight = around.map((one) => forPreflight(method.toUpperCase(), one))
      app.on('OPTIONS', bothSlashes(path), ...preflight)
    }
    if (typeof sender !== 'object') continue
    for (const [name, callback] of Object.entries(callbacks)) {
      sender['~callbacks'].remember({ operationId: operation.operationId, name, callback })
    }
  }
  if (options.unmatched) {
    app.notFound(async (c) => (await loadWords()).answerUnmatched(c, app, options.problems))
  }
  refuseLateMiddleware(app)
  // the operations are added one by one, so Hono's type does not include them
  return app as unknown as Api<TOperations>
}

/** Refuses arguments that the compiler refuses too, for JavaScript. */
function requireArguments(options: Partial<ApiOptions> = {}, operations: unknown): void {
  requireKnown(options, OPTIONS, 'createApi')
  const { info, document, sender, webhooks } = options
  if (info?.title === undefined) {
    refuse("needs the option info, such as { title: 'Orders', version: '1.0.0' }")
  }
  if (document !== undefined && typeof document !== 'string') {
    refuse("takes as document the path that serves it, such as '/openapi.json'")
  }
  if (sender && typeof sender !== 'function' && !sender['~callbacks']) {
    refuse('takes as sender one of createSender(…), or a function (c) => createSender(…)')
  }
  if (webhooks && !(Array.isArray(webhooks) && webhooks.every(isWebhook))) {
    refuse(
      'takes as webhooks a list of webhook(…); a callback belongs to an operation: route(…).callback(name, callback(…))',
    )
  }
  if (!Array.isArray(operations)) {
    refuse('takes a list of operations after its options: createApi({ info }, [createOrder])')
  }
}

function refuse(problem: string): never {
  throw new CoreError('option', `createApi ${problem}`)
}

function isWebhook(value: Partial<AnyWebhook> | undefined): boolean {
  return value?.['~definition']?.name !== undefined
}
