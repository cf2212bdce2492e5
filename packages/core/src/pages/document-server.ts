import type { OpenApiDocument } from '../definition/openapi-types.ts'
import { segmentsAt } from '../hono/mount.ts'
import { type CachedBody, respondCached, toCachedBody } from './cached-response.ts'
import type { Respond } from './reference-page.ts'

/**
 * Serves a document as JSON. It is written once for each place where the app is mounted, which a request tells, and
 * again when it is older than `lifetime`, in milliseconds.
 */
export function documentServer(
  write: (mount: string) => Promise<OpenApiDocument>,
  lifetime = Number.POSITIVE_INFINITY,
): Respond {
  let latest: Written | undefined

  return async (c) => {
    const { segments, mount: length } = segmentsAt(c)
    const mount = segments.slice(0, length).join('/')
    if (latest?.mount !== mount || Date.now() >= latest.until) {
      const body = write(mount).then((document) => toCachedBody(JSON.stringify(document)))
      const written = { mount, body, until: Date.now() + lifetime }
      latest = written
      // a failure is not kept
      body.catch(() => {
        if (latest === written) latest = undefined
      })
    }
    return respondCached(c, await latest.body, {
      'content-type': 'application/json',
      // clients keep it and ask again each time: it changes with the program
      'cache-control': 'no-cache',
    })
  }
}

interface Written {
  readonly mount: string
  readonly body: Promise<CachedBody>
  readonly until: number
}
