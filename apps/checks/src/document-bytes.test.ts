import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { everythingApi } from '../test/seeds/everything.ts'
import { runNode } from './run-node.ts'

const PROGRAM = `
  import { everythingApi } from './test/seeds/everything.ts'
  const { headers } = await everythingApi({}).request('/openapi.json')
  console.log(headers.get('etag'))
`

describe('the document', () => {
  it('has the same bytes in every process', { timeout: 60_000 }, async () => {
    const response = await everythingApi({}).request('/openapi.json')
    const etag = response.headers.get('etag')
    const digest = createHash('sha256')
      .update(await response.text())
      .digest('hex')
    expect(etag).toBe(`"${digest.slice(0, 32)}"`)

    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const options = { cwd, env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } }
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript']
    const printed = await runNode([...args, '--eval', PROGRAM], options)
    expect(printed.trim()).toBe(etag)
  })
})
