import type { Context } from 'hono'
import type { ApiOptions } from '../api.ts'
import { mountOf } from '../mount.ts'
import type { AnyOperation } from '../operation.ts'
import { type DocumentOptions, document } from './document.ts'
import type { OpenApiDocument } from './types.ts'

/** Builds the document of an API, and answers with it. */
export function documentServer(
  options: ApiOptions,
  operations: readonly AnyOperation[],
): (c: Context) => Response {
  const built = document(documentOptions(options), operations)
  const isServerKnown = options.servers !== undefined || options.publicUrl !== undefined
  let latest = { base: '', json: '' }
  return (c) => {
    const base = mountOf(c)
    if (latest.json === '' || latest.base !== base) {
      latest = { base, json: JSON.stringify(isServerKnown ? built : servedAt(built, base)) }
    }
    return c.body(latest.json, 200, { 'content-type': 'application/json' })
  }
}

/** Without servers of its own, a document's is the place where the app that serves it is mounted. */
function servedAt(built: OpenApiDocument, base: string): OpenApiDocument {
  return { ...built, servers: [{ url: base === '' ? '/' : base }] }
}

function documentOptions(options: ApiOptions): DocumentOptions {
  const { publicUrl, signed = options.sender !== undefined } = options
  if (options.servers || publicUrl === undefined) return { ...options, signed }
  return { ...options, signed, servers: [{ url: publicUrl.replace(/\/+$/, '') }] }
}
