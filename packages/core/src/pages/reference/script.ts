import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { CoreError } from '../../definition/errors.ts'
import { answerCached, cachedBody } from '../cached-response.ts'
import { once } from '../once.ts'

/** Scalar's script, and the name that it has at its version. */
export interface ReferenceScript {
  readonly name: string
  response(c: Context): Promise<Response>
}

/** From the smallest; where the client takes none of these, the script goes as it is. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const
type Encoding = (typeof ENCODINGS)[number]

/**
 * Serves Scalar's single-file build from the package that is installed beside this one: compressed once, off
 * the event loop, when it is first asked for.
 *
 * @throws {CoreError} with `reference` where there is no disk
 */
export async function referenceScript(): Promise<ReferenceScript> {
  const script = await findScript()
  const name = `scalar-${script.version}.js`
  const prepare = (encoding: Encoding) =>
    once(async () => cachedBody(await compress(await script.read(), encoding)))
  const bodies = { br: prepare('br'), gzip: prepare('gzip'), identity: prepare('identity') }

  return {
    name,
    async response(c) {
      const encoding = encodingFor(c)
      const isItsVersion = c.req.path.endsWith(`/${name}`)
      return answerCached(c, await bodies[encoding](), {
        'content-type': 'text/javascript; charset=utf-8',
        ...(encoding !== 'identity' && { 'content-encoding': encoding }),
        // under another version's name, or none, it is not what stays under that name
        'cache-control': isItsVersion ? 'public, max-age=31536000, immutable' : 'no-cache',
        vary: 'accept-encoding',
      })
    },
  }
}

async function findScript() {
  try {
    const { createRequire } = process.getBuiltinModule('node:module')
    const { readFile } = process.getBuiltinModule('node:fs/promises')
    const { pathToFileURL } = process.getBuiltinModule('node:url')
    const entry = pathToFileURL(createRequire(import.meta.url).resolve('@scalar/api-reference'))
    const manifest = await readFile(new URL('../package.json', entry), 'utf8')
    const { version }: { version: string } = JSON.parse(manifest)
    return { version, read: () => readFile(new URL('browser/standalone.js', entry)) }
  } catch (cause) {
    throw new CoreError(
      'reference',
      "this runtime cannot read Scalar's script from disk: set reference: { path, cdn } to the script's URL",
      { cause },
    )
  }
}

async function compress(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'identity') return bytes
  const { brotliCompress, gzip, constants } = process.getBuiltinModule('node:zlib')
  const { promisify } = process.getBuiltinModule('node:util')
  if (encoding === 'gzip') return promisify(gzip)(bytes)
  // the best levels of brotli take seconds, for a tenth
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return promisify(brotliCompress)(bytes, { params })
}

function encodingFor(c: Context): Encoding {
  const chosen = accepts(c, {
    header: 'Accept-Encoding',
    supports: [...ENCODINGS],
    default: 'identity',
    match(accepted) {
      const weights = new Map(accepted.map(({ type, q }) => [type.toLowerCase(), q]))
      const takes = (one: Encoding) => (weights.get(one) ?? weights.get('*') ?? 0) > 0
      return ENCODINGS.find(takes) ?? 'identity'
    },
  })
  return chosen as Encoding
}
