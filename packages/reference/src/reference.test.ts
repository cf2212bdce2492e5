import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type ApiOptions, callback, createApi, route } from '@ringback/core'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import { type ReferenceOptions, reference } from './reference.ts'

const info = { title: 'Orders', version: '1.0.0' }
const ping = route('post', '/ping')
  .response(204)
  .callback('pong', callback('post', 'https://a.example/pong').summary('It answers').response(204))
  .handle((c) => c.body(null, 204))

const createDocumented = (
  path = '/reference',
  options: ReferenceOptions = {},
  more: Partial<ApiOptions> = {},
) =>
  createApi({ info, document: '/openapi.json', reference: reference(path, options), ...more }, [
    ping,
  ])

const NAME = /scalar-\d+\.\d+\.\d+\.js/

/** The paths of the document and the script that a page loads, when it was requested at a URL. */
async function loadsOf(app: Hono, url: string) {
  const page = await (await app.request(url)).text()
  const document = /"url": "([^"]*)"/.exec(page)?.[1] ?? ''
  const script = /<script src="([^"]*)"/.exec(page)?.[1] ?? ''
  return [document, script].map((one) => new URL(one, new URL(url, 'http://localhost')).pathname)
}

describe('the reference page', () => {
  it.each([
    ['', '/reference', '/reference'],
    ['', '/reference', '/reference/'],
    ['/v1', '/reference', '/v1/reference'],
    ['/v1', '/docs/reference/', '/v1/docs/reference/'],
    ['/v1', '/docs/reference', '/v1/docs/reference'],
    ['', '/', '/'],
    ['/v1', '/', '/v1'],
  ])('mounted at %j as %s finds what it loads, asked for as %s', async (mount, path, url) => {
    const app =
      mount === '' ? createDocumented(path) : new Hono().route(mount, createDocumented(path))
    const bare = `${mount}${path}`.replace(/\/+$/, '')
    const loads = await loadsOf(app, url)
    expect(loads).toEqual([
      `${bare}/reference.json`,
      expect.stringMatching(`^${bare}/${NAME.source}$`),
    ])
    for (const one of loads) expect((await app.request(one)).status).toBe(200)
  })

  it('finds it behind a proxy that adds a prefix, and under basePath and mount', async () => {
    const app = createDocumented()
    const proxy = new Hono().all('/prefix/*', (c) =>
      app.request(c.req.path.slice('/prefix'.length)),
    )
    expect((await loadsOf(proxy, '/prefix/reference'))[0]).toBe('/prefix/reference/reference.json')
    expect((await loadsOf(proxy, '/prefix/reference/'))[0]).toBe('/prefix/reference/reference.json')

    const based = new Hono().basePath('/a').route('/b', app)
    expect((await loadsOf(based, '/a/b/reference'))[0]).toBe('/a/b/reference/reference.json')
    const mounted = new Hono().mount('/a', app.fetch)
    expect((await loadsOf(mounted, '/a/reference'))[0]).toBe('/a/reference/reference.json')
  })

  it('has nothing of the request in it', async () => {
    const mounted = new Hono().route('/:tenant', createDocumented())
    const page = await (
      await mounted.request('/%22%3E%3Cscript%3Ealert(1)/reference', {
        headers: { 'x-forwarded-prefix': '/evil', 'x-forwarded-host': 'evil.example' },
      })
    ).text()
    expect(page).not.toMatch(/alert|evil/)
  })

  it('leaves the document as it was declared', async () => {
    const text = await (await createDocumented().request('/openapi.json')).text()
    expect(text).not.toContain('Sent as')
  })

  it('shows a copy of the document, with texts of the callbacks', async () => {
    const response = await createDocumented().request('/reference/reference.json')
    const { info: shown, paths } = await response.json()
    const { callbacks, description } = paths['/ping'].post
    expect(JSON.stringify(callbacks)).toContain('**It answers**')
    expect(description).toBeUndefined()
    expect(shown.description).toBe('[OpenAPI document](</openapi.json>)')
    expect(response.headers.get('etag')).toMatch(/^"/)
  })

  it('links to the document where the public finds it', async () => {
    const app = createDocumented('/reference', {}, { publicUrl: 'https://a.example/v1/' })
    const { info: shown } = await (await app.request('/reference/reference.json')).json()
    expect(shown.description).toBe('[OpenAPI document](<https://a.example/v1/openapi.json>)')
  })

  it('shows the document as it was declared on request', async () => {
    const app = createDocumented('/reference', { callbacks: false })
    const [loaded = ''] = await loadsOf(app, '/reference')
    expect(await (await app.request(loaded)).json()).toEqual(
      await (await app.request('/openapi.json')).json(),
    )
  })

  it('takes its script from elsewhere on request', async () => {
    const app = createDocumented('/reference', { cdn: 'https://cdn.example/scalar.js' })
    const page = await (await app.request('/reference')).text()
    expect(page).toContain('<script src="https://cdn.example/scalar.js"></script>')
    expect((await app.request('/reference/scalar-1.0.0.js')).status).toBe(404)
  })

  it('escapes its title', async () => {
    const app = createApi(
      {
        info: { title: '</title><script>alert(1)</script>', version: '1' },
        document: '/openapi.json',
        reference: reference('/reference'),
      },
      [ping],
    )
    expect(await (await app.request('/reference')).text()).not.toContain('<script>alert')
  })

  it('has the theme and the options that it is given', async () => {
    const app = createDocumented('/reference', { theme: 'moon', scalar: { hideModels: true } })
    const page = await (await app.request('/reference')).text()
    expect(page).toContain('"theme": "moon"')
    expect(page).toContain('"hideModels": true')
    expect(page).toContain('"telemetry": false')
  })

  it.each(['</script><script>alert(1)//', '<!--<script'])(
    'refuses an option that its script cannot hold: %s',
    (customCss) => {
      expect(() => reference('/reference', { scalar: { customCss } })).toThrow(
        expect.objectContaining({ code: 'reference' }),
      )
    },
  )

  it.each<[string, ReferenceOptions]>([
    ['theme', { theme: 'x"</script>' as never }],
    ['theme', { theme: 'toString' as never }],
    ['cdn', { cdn: 'https://a.example/"></script><script>alert(1)//' }],
    ['cdn', { cdn: "https://a.example/'onerror='x" }],
    ['cdn', { cdn: '' }],
    ['cdn', { cdn: 'https://a.example/ onerror=x' }],
    ['cdn', { cdn: { toString: () => '"' } as never }],
  ])('refuses a %s that the page cannot hold: %j', (name, options) => {
    expect(() => reference('/reference', options)).toThrow(
      expect.objectContaining({ code: 'reference', message: expect.stringContaining(name) }),
    )
  })

  it("loads its own script, also with Scalar's option for another", async () => {
    const bundle = "https://cdn.example/esm.js'; alert(1)//"
    const page = await (
      await createDocumented('/reference', { scalar: { bundle } }).request('/reference')
    ).text()
    expect(page).not.toContain('alert(1)')
    expect(page).toMatch(/<script src="reference\/scalar-|<script src="\.\/reference\/scalar-/)
  })

  it('has an icon, so that browsers do not ask for one', async () => {
    const page = await (await createDocumented().request('/reference')).text()
    expect(page).toMatch(/<head>\s*<link rel="icon" href="data:image\/svg\+xml,%3Csvg[^"]*" \/>/)
    const other = createDocumented('/reference', { scalar: { favicon: '/a".ico' } })
    expect(await (await other.request('/reference')).text()).toContain(
      '<link rel="icon" href="/a&#34;.ico" />',
    )
  })

  it('signs the samples again after a minute', async () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] })
    const app = createDocumented('/reference', {}, { signed: true })
    const read = async () => (await app.request('/reference/reference.json')).text()
    const first = await read()
    vi.setSystemTime(59_000)
    expect(await read()).toBe(first)
    vi.setSystemTime(60_000)
    expect(await read()).not.toBe(first)
    vi.useRealTimers()
  })

  it('carries the nonce of the request on each script and style, and is not kept', async () => {
    const app = createDocumented('/reference', { nonce: (c) => c.req.header('x-nonce') })
    const response = await app.request('/reference', { headers: { 'x-nonce': 'n"1' } })
    const page = await response.text()
    const tags = page.match(/<(?:script|style)\b[^>]*>/g) ?? []
    expect(tags).toHaveLength(3)
    expect(tags.filter((tag) => !tag.includes('nonce="n&quot;1"'))).toEqual([])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('says so when there is no nonce', async () => {
    const app = createDocumented('/reference', { nonce: () => undefined })
    let thrown: unknown
    app.onError((error, c) => {
      thrown = error
      return c.text('', 500)
    })
    expect((await app.request('/reference')).status).toBe(500)
    expect(thrown).toMatchObject({ code: 'reference' })
  })
})

describe("the reference page's script", () => {
  const app = createDocumented()
  const ask = async (encoding: string, headers: Record<string, string> = {}) => {
    const [, path = ''] = await loadsOf(app, '/reference')
    return app.request(path, { headers: { 'accept-encoding': encoding, ...headers } })
  }

  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, br;q=0', 'gzip', gunzipSync],
    ['*', 'br', brotliDecompressSync],
    ['GZIP', 'gzip', gunzipSync],
  ])('goes to a client that accepts %s as %s', async (accepted, encoding, decompress) => {
    const response = await ask(accepted)
    const body = new Uint8Array(await response.arrayBuffer())
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': encoding,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect(body.length).toBeLessThan(1_300_000)
    expect(decompress(body).toString()).toBe(await (await ask('')).text())
  })

  it('goes as it is to a client that accepts no other encoding', async () => {
    for (const accepted of ['', 'deflate', 'identity', 'br;q=0']) {
      const response = await ask(accepted)
      expect(response.headers.has('content-encoding')).toBe(false)
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(4_000_000)
    }
  })

  it('has a strong ETag for each encoding, and responds with 304 to a client that has it', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', ''].map(async (encoding) => (await ask(encoding)).headers.get('etag') ?? ''),
    )
    expect(new Set(tags).size).toBe(3)
    const [tag = ''] = tags
    expect(tag).toMatch(/^"[\da-f]{32}"$/)

    const again = await ask('br', { 'if-none-match': tag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(Object.fromEntries(again.headers)).toEqual({
      etag: tag,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect((await ask('gzip', { 'if-none-match': tag })).status).toBe(200)
  })

  it('is not kept under the name of another version', async () => {
    const response = await app.request('/reference/scalar-0.0.1.js')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  })
})
