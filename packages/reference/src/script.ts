import { CoreError } from '@ringback/core'
import { once, type Respond, respondCached, toCachedBody } from '@ringback/core/internal'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

/** Scalar's script, and its file name, which has its version. */
export interface ReferenceScript {
  readonly name: string
  readonly respond: Respond
}

/** In the order of preference, the smallest first. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const
type Encoding = (typeof ENCODINGS)[number]

/**
 * Serves Scalar's script from this package. The package has it compressed with brotli; clients that do not accept
 * that get it compressed anew, once, or as it is.
 *
 * @throws {CoreError} with `reference` where the script cannot be read
 */
export async function loadScript(): Promise<ReferenceScript> {
  const { name, read } = await findScript()
  const prepare = (encoding: Encoding) =>
    once(async () => toCachedBody(await encode(await read(), encoding)))
  const bodies = { br: prepare('br'), gzip: prepare('gzip'), identity: prepare('identity') }

  return {
    name,
    async respond(c) {
      const encoding = acceptedEncoding(c)
      const isVersioned = c.req.path.endsWith(`/${name}`)
      return respondCached(c, await bodies[encoding](), {
        'content-type': 'text/javascript; charset=utf-8',
        ...(encoding !== 'identity' && { 'content-encoding': encoding }),
        // under the name of another version, clients must ask again
        'cache-control': isVersioned ? 'public, max-age=31536000, immutable' : 'no-cache',
        vary: 'accept-encoding',
      })
    },
  }
}

async function findScript() {
  try {
    const { readdir, readFile } = process.getBuiltinModule('node:fs/promises')
    // beside src, and beside dist
    const folder = new URL('../scalar/', import.meta.url)
    const file = (await readdir(folder)).find((name) => name.endsWith('.js.br'))
    if (file === undefined) throw new Error("scalar/ has no script; 'npm run build' makes it")
    const url = new URL(file, folder)
    return { name: file.slice(0, -'.br'.length), read: async () => readFile(url) }
  } catch (cause) {
    throw new CoreError(
      'reference',
      "Scalar's script cannot be read from @ringback/reference: this runtime has no disk, or the package was bundled; set reference(path, { cdn }) to the script's URL",
      { cause },
    )
  }
}

/** Changes the encoding of the script from brotli, off the event loop. */
async function encode(
  compressed: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'br') return compressed
  const { brotliDecompress, gzip } = process.getBuiltinModule('node:zlib')
  const { promisify } = process.getBuiltinModule('node:util')
  const script = await promisify(brotliDecompress)(compressed)
  return encoding === 'gzip' ? promisify(gzip)(script) : script
}

function acceptedEncoding(c: Context): Encoding {
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
  // `match` returns only these
  return chosen as Encoding
}
