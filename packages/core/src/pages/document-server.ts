import type { Context } from 'hono'
import type { OpenApiDocument } from '../definition/openapi-types.ts'
import { segmentsAt } from '../hono/mount.ts'
import { answerCached, type CachedBody, cachedBody } from './cached-response.ts'

/** Answers a request with a document. */
export type ServeDocument = (c: Context) => Promise<Response>

/** Serves a document as JSON, written once for the place where the app is mounted, which the request tells. */
export function documentServer(write: (mount: string) => OpenApiDocument): ServeDocument {
  let latest: { readonly mount: string; readonly body: Promise<CachedBody> } | undefined

  return async (c) => {
    const { segments, mount: length } = segmentsAt(c)
    const mount = segments.slice(0, length).join('/')
    if (latest?.mount !== mount) latest = { mount, body: cachedBody(JSON.stringify(write(mount))) }
    return answerCached(c, await latest.body, {
      'content-type': 'application/json',
      // kept by who reads it, and asked for again each time: it changes with the program
      'cache-control': 'no-cache',
    })
  }
}
