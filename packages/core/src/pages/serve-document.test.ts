import { Hono } from 'hono'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import { document } from '../openapi/document.ts'
import type { OwnDocument } from './documented-api.ts'
import type { DocumentedApi, PageRoute } from './reference-page.ts'

const info = { title: 'Orders', version: '1.0.0' }
const ping = route('post', '/ping')
  .response(204)
  .handle((c) => c.body(null, 204))

const createDocumented = (options = {}) =>
  createApi({ info, document: '/openapi.json', ...options }, [ping])

describe('the document', () => {
  it('is an error where a bundler has left its code out', () => {
    vi.stubGlobal('__RINGBACK_DOCUMENT__', false)
    onTestFinished(() => void vi.unstubAllGlobals())
    expect(() => createDocumented()).toThrow('__RINGBACK_DOCUMENT__')
    expect(() => createApi({ info }, [ping])).not.toThrow()
  })

  it('is served with a strong ETag, and with 304 to a client that has it', async () => {
    const first = await createDocumented().request('/openapi.json')
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\da-f]{32}"$/)
    expect(first.headers.get('cache-control')).toBe('no-cache')

    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await createDocumented().request('/openapi.json', {
        headers: { 'if-none-match': known },
      })
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
    }
    const other = await createDocumented().request('/openapi.json', {
      headers: { 'if-none-match': '"other"' },
    })
    expect(other.status).toBe(200)
  })

  it('has the same bytes each time, wherever it was read before', async () => {
    const app = createDocumented()
    const mounted = new Hono().route('/v1', app)
    const first = await (await app.request('/openapi.json')).text()
    const elsewhere = await mounted.request('/v1/openapi.json')
    const again = await app.request('/openapi.json')

    expect(await again.text()).toBe(first)
    expect(await (await createDocumented().request('/openapi.json')).text()).toBe(first)
    expect(elsewhere.headers.get('etag')).not.toBe(again.headers.get('etag'))
  })

  it('names the place where it is mounted as URLs do', async () => {
    const mounted = new Hono().route('/:tenant', createDocumented())
    const response = await mounted.request('/%22%3E%3Cb%20%7Bx%7D/openapi.json')
    expect((await response.json()).servers).toEqual([{ url: '/%22%3E%3Cb%20%7Bx%7D' }])
  })
})

/** A page of one route. */
function pageOf(path: string, load: PageRoute['load']) {
  return { '~routes': [{ path, name: 'the page', load }] }
}

describe('a reference page', () => {
  it('needs a document', () => {
    const page = pageOf('/page', async () => async (c) => c.text(''))
    expect(() => createApi({ info, reference: page }, [ping])).toThrow(
      expect.objectContaining({ code: 'reference' }),
    )
  })

  it.each(['/reference', { path: '/reference' }])(
    'is no path: for %j the error names the package to install',
    (path) => {
      // @ts-expect-error - a page, not its path
      expect(() => createApi({ info, document: '/openapi.json', reference: path }, [ping])).toThrow(
        expect.objectContaining({
          code: 'reference',
          message: expect.stringContaining('install @ringback/reference'),
        }),
      )
    },
  )

  it('is loaded by its first request, again after a failure, and then never again', async () => {
    const loads: DocumentedApi[] = []
    const page = pageOf('/page', async (api) => {
      loads.push(api)
      if (loads.length === 1) throw new Error('the disk is busy')
      return async (c) => c.text(api.title + api.documentPath)
    })
    const app = createDocumented({ reference: page })
    app.onError((error, c) => c.text(error.message, 500))
    expect(loads).toEqual([])
    expect((await app.request('/page')).status).toBe(500)
    for (const path of ['/page', '/page/', '/page']) {
      expect(await (await app.request(path)).text()).toBe('Orders/openapi.json')
    }
    expect(loads).toHaveLength(2)
  })

  it.each([
    ['', '/page', '/page', './'],
    ['', '/page', '/page/', '../'],
    ['/v1', '/docs/page', '/v1/docs/page', '../'],
    ['/v1', '/', '/v1', './v1/'],
  ])(
    'mounted at %j as %s and asked for as %s is %s from the mount',
    async (mount, path, url, relative) => {
      const page = pageOf(path, async (api) => async (c) => c.text(api.relativeMount(c)))
      const app = createDocumented({ reference: page })
      const mounted = mount === '' ? app : new Hono().route(mount, app)
      expect(await (await mounted.request(url)).text()).toBe(relative)
    },
  )

  it('serves a changed copy of the document, which it gets with its URL', async () => {
    const page = pageOf('/copy.json', (api) =>
      api.serveCopy(async (document, url) => ({ ...document, info: { title: url, version: '2' } })),
    )
    const mounted = new Hono().route('/v1', createDocumented({ reference: page }))
    const copy = await mounted.request('/v1/copy.json')
    expect(copy.headers.get('etag')).toMatch(/^"/)
    expect(await copy.json()).toMatchObject({
      info: { title: '/v1/openapi.json' },
      servers: [{ url: '/v1' }],
      paths: { '/ping': {} },
    })
    expect((await (await mounted.request('/v1/openapi.json')).json()).info).toEqual(info)

    const publicUrl = 'https://a.example/v1/'
    const behindProxy = createDocumented({ reference: page, publicUrl })
    const { info: shown } = await (await behindProxy.request('/copy.json')).json()
    expect(shown.title).toBe('https://a.example/v1/openapi.json')
  })
})

describe('an app that serves no document', () => {
  it('has it for the command line', async () => {
    const app = createApi({ info, openapi: '3.1' }, [ping])
    // a member of every app that is no part of its type
    const { '~documented': documented } = app as unknown as {
      '~documented': () => Promise<OwnDocument>
    }
    const own = await documented()
    expect(own.write()).toEqual(document({ info }, [ping]))
    expect(own.write({ openapi: '3.2' }).openapi).toBe('3.2.0')
  })
})
