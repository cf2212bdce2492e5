import type { OpenApiDocument } from '../definition/openapi-types.ts'
import { segmentsAt } from '../hono/mount.ts'
import { type CachedBody, respondCached, toCachedBody } from './cached-response.ts'
import type { Respond } from './reference-page.ts'
import { toYaml } from './to-yaml.ts'

/** How a document is served. */
export interface DocumentServerOptions {
  /** It is written again when it is older, in milliseconds; never by default. */
  readonly lifetime?: number | undefined
  /** As YAML, and not as JSON. */
  readonly isYaml?: boolean
}

/** Serves a document. It is written once for each place where the app is mounted, which a request tells. */
export function documentServer(
  write: (mount: string) => Promise<OpenApiDocument>,
  { lifetime = Number.POSITIVE_INFINITY, isYaml = false }: DocumentServerOptions = {},
): Respond {
  let latest: Written | undefined

  return async (c) => {
    const { segments, mount: length } = segmentsAt(c)
    const mount = segments.slice(0, length).join('/')
    if (latest?.mount !== mount || Date.now() >= latest.until) {
      const body = write(mount).then((document) =>
        toCachedBody(isYaml ? toYaml(document) : JSON.stringify(document)),
      )
      const written = { mount, body, until: Date.now() + lifetime }
      latest = written
      // a failure is not kept
      body.catch(() => {
        if (latest === written) latest = undefined
      })
    }
    return respondCached(c, await latest.body, {
      // https://www.rfc-editor.org/rfc/rfc9512.html
      'content-type': isYaml ? 'application/yaml' : 'application/json',
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
