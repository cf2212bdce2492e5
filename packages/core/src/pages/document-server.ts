import type { OpenApiDocument } from '../definition/openapi-types.ts'
import { segmentsAt } from '../hono/mount.ts'
import { type CachedBody, respondCached, toCachedBody } from './cached-response.ts'
import type { Respond } from './reference-page.ts'

/** Serves a document as JSON. It is written once for each place where the app is mounted, which a request tells. */
export function documentServer(write: (mount: string) => OpenApiDocument): Respond {
  let latest: { readonly mount: string; readonly body: Promise<CachedBody> } | undefined

  return async (c) => {
    const { segments, mount: length } = segmentsAt(c)
    const mount = segments.slice(0, length).join('/')
    if (latest?.mount !== mount)
      latest = { mount, body: toCachedBody(JSON.stringify(write(mount))) }
    return respondCached(c, await latest.body, {
      'content-type': 'application/json',
      // clients keep it and ask again each time: it changes with the program
      'cache-control': 'no-cache',
    })
  }
}
