import type { Context } from 'hono'
import type { OpenApiDocument } from '../definition/openapi-types.ts'
import type { AnyOperation } from '../definition/operation.ts'
import { segmentsAt } from '../hono/mount.ts'
import { type DocumentOptions, document } from '../openapi/document.ts'
import { documentServer } from './document-server.ts'
import { once } from './once.ts'
import type { DocumentedApi, Respond } from './reference-page.ts'
import type { DocumentedOptions } from './serve-document.ts'

/** A documented API, with its document for those who serve it or write it to a file. */
export interface OwnDocument extends DocumentedApi {
  readonly serveDocument: Respond
  /** Builds the document without a request, in another version of OpenAPI than the app's if that is given. */
  write(change?: Pick<DocumentOptions, 'openapi'>): OpenApiDocument
}

/** Serves the document of an API, and gives its page what that shows. The document is built by the first request. */
export function createDocumentedApi(
  options: DocumentedOptions,
  operations: readonly AnyOperation[],
): OwnDocument {
  const { document: documentPath = '', info, servers, publicUrl, sender, webhooks = [] } = options

  const build = once(async () => {
    const built = document(documentOptions(options), operations)
    if (servers !== undefined || publicUrl !== undefined) return () => built
    // without servers of its own, a document's is the place where the app that serves it is mounted
    return (mount: string) => ({ ...built, servers: [{ url: mount === '' ? '/' : mount }] })
  })
  const own = once(async () => {
    const write = await build()
    const isYaml = /\.ya?ml$/i.test(documentPath)
    return documentServer(async (mount) => write(mount), { isYaml })
  })

  return {
    title: info.title,
    documentPath,
    relativeMount,
    serveDocument: async (c) => (await own())(c),
    write: (change = {}) => document({ ...documentOptions(options), ...change }, operations),
    terms: typeof sender === 'object' ? sender['~terms'] : undefined,
    ownTermsOf(operationId, name) {
      if (operationId === '') {
        const webhook = webhooks.find((one) => one['~definition'].name === name)
        return webhook?.['~definition'].delivery
      }
      const operation = operations.find((one) => one.operationId === operationId)
      const { callbacks = {} } = operation?.['~definition'] ?? {}
      return Object.hasOwn(callbacks, name) ? callbacks[name]?.delivery : undefined
    },
    async serveCopy(change, lifetime) {
      const write = await build()
      return documentServer(
        (mount) =>
          change(write(mount), `${publicUrl?.replace(/\/+$/, '') ?? mount}${documentPath}`),
        { lifetime },
      )
    },
  }
}

function documentOptions(options: DocumentedOptions): DocumentOptions {
  const { publicUrl, signed = options.sender !== undefined } = options
  if (options.servers || publicUrl === undefined) return { ...options, signed }
  return { ...options, signed, servers: [{ url: publicUrl.replace(/\/+$/, '') }] }
}

function relativeMount(c: Context): string {
  const { segments, mount } = segmentsAt(c)
  const depth = segments.length - mount
  // without a slash at its end, the mount itself is a name in the folder above
  if (depth === 0) return `./${segments.at(-1)}/`
  return depth === 1 ? './' : '../'.repeat(depth - 1)
}
