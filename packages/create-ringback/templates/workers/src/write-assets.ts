// Writes the document and its page as files: Cloudflare serves them, and the Worker has no code for them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createApi } from '@ringback/core'
import { reference } from '@ringback/reference'
import { info, operations } from './operations.ts'

const PUBLIC = join(import.meta.dirname, '../public')

const api = createApi(
  { info, document: '/openapi.json', reference: reference('/reference') },
  operations,
)

async function write(path: string, file = path): Promise<string> {
  const response = await api.request(path)
  if (!response.ok) throw new Error(`${path} was responded to with ${response.status}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  mkdirSync(dirname(join(PUBLIC, file)), { recursive: true })
  writeFileSync(join(PUBLIC, file), bytes)
  return new TextDecoder().decode(bytes)
}

rmSync(PUBLIC, { recursive: true, force: true })
await write('/openapi.json')
await write('/reference/reference.json')
const page = await write('/reference', '/reference.html')
const [, script] = /<script src="\.(.+?)"/.exec(page) ?? []
if (script === undefined) throw new Error('the page loads no script')
await write(script)
