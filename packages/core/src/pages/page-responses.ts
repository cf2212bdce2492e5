import type { AnyOperation } from '../definition/operation.ts'
import { type DocumentOptions, document } from '../openapi/document.ts'
import { documentServer } from './document-server.ts'
import { once } from './once.ts'
import {
  beside,
  type DocumentedOptions,
  type PageResponses,
  pageOf,
  SHOWN,
} from './serve-document.ts'

/** Answers with the document and its page. Each part is loaded and made once, when it is first asked for. */
export function pageResponses(
  options: DocumentedOptions,
  operations: readonly AnyOperation[],
): PageResponses {
  const { reference = '', document: path = '', info, servers, publicUrl } = options
  const shown = pageOf(reference)
  const isCopy = shown.callbacks !== false

  const build = once(async () => {
    const built = document(documentOptions(options), operations)
    if (servers !== undefined || publicUrl !== undefined) return () => built
    // without servers of its own, a document's is the place where the app that serves it is mounted
    return (mount: string) => ({ ...built, servers: [{ url: mount === '' ? '/' : mount }] })
  })
  const plain = once(async () => documentServer(await build()))
  const withSections = once(async () => {
    const { withCallbackSections } = await import('./reference/callback-sections.ts')
    const write = await build()
    return documentServer((mount) =>
      withCallbackSections(write(mount), `${publicUrl?.replace(/\/+$/, '') ?? mount}${path}`),
    )
  })
  const script = once(async () => (await import('./reference/script.ts')).referenceScript())
  const page = once(async () => (await import('./reference/page.ts')).referencePage(shown))

  return {
    document: async (c) => (await plain())(c),
    shown: async (c) => (await withSections())(c),
    script: async (c) => (await script()).response(c),
    page: async (c) =>
      (await page())(c, {
        title: info.title,
        document: isCopy ? beside(shown.path, SHOWN) : path,
        isCopy,
        script: shown.cdn ?? { path: beside(shown.path, (await script()).name) },
      }),
  }
}

function documentOptions(options: DocumentedOptions): DocumentOptions {
  const { publicUrl, signed = options.sender !== undefined } = options
  if (options.servers || publicUrl === undefined) return { ...options, signed }
  return { ...options, signed, servers: [{ url: publicUrl.replace(/\/+$/, '') }] }
}
