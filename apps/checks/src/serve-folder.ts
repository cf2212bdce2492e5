import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type Listening, listen } from 'invoices/src/listen.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
}

/** Serves the files of a folder on loopback; a path that ends in a slash is its `index.html`. */
export function serveFolder(folder: string): Promise<Listening> {
  const fetch = (request: Request): Response => {
    const { pathname } = new URL(request.url)
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    if (!existsSync(file) || !statSync(file).isFile()) return new Response(null, { status: 404 })
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    return new Response(readFileSync(file), { headers: { 'content-type': type } })
  }
  return listen({ fetch }, 0, 'PORT')
}
