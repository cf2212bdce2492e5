import { memoryStore } from '@ringback/sender'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import { consoleScene, orderPaid } from '../test/console-scene.ts'
import { ConsoleError, console as operatorConsole } from './index.ts'

const PAGES = [
  '',
  '/live.json',
  '/deliveries',
  '/endpoints',
  '/style.css',
  '/script.js',
  '/icon.svg',
]

describe('console', () => {
  it.each([
    ['no options', undefined, /needs the option authorize/],
    ['options that are null', null, /takes its options in an object/],
    ['a function in place of options', () => 'all', /takes its options in an object/],
    ['authorize of another type', { authorize: 'all' }, /needs the option authorize/],
    ['no authorize', {}, /needs the option authorize.*anybody could read what was sent/],
    [
      'an unknown option',
      { authorize: () => 'all', title: 'x' },
      /has no option 'title'; its options are authorize/,
    ],
  ])('refuses to be made with %s', (_, options, message) => {
    const { sender } = consoleScene()
    expect(() => operatorConsole(sender, options as never)).toThrow(
      expect.objectContaining({ code: 'option', message: expect.stringMatching(message) }),
    )
    expect(() => operatorConsole(sender, options as never)).toThrow(ConsoleError)
  })

  it('refuses to be made without a sender', () => {
    for (const sender of [undefined, {}, { deliveries() {} }]) {
      expect(() => operatorConsole(sender as never, { authorize: () => 'all' })).toThrow(
        /takes one of createSender/,
      )
    }
  })

  it.each([false, undefined, true, 'ALL', Promise.resolve(false)])(
    'shows nothing where authorize gives %s',
    async (access) => {
      const { sender, order } = consoleScene()
      const { id } = await order({ id: '1' })
      const app = new Hono().route(
        '/c',
        operatorConsole(sender, { authorize: () => access as never }),
      )
      for (const path of [...PAGES, `/deliveries/${id}`, '/none', '/']) {
        const response = await app.request(`/c${path}`)
        expect([path, response.status]).toEqual([path, 403])
        expect(await response.text()).toBe('this console is not for you\n')
        expect(response.headers.get('cache-control')).toBe('no-store')
      }
      expect((await app.request(`/c/deliveries/${id}/cancel`, { method: 'POST' })).status).toBe(403)
    },
  )

  it('shows nothing where authorize fails', async () => {
    const error = vi.spyOn(globalThis.console, 'error').mockReturnValue()
    const { sender } = consoleScene()
    const authorize = () => Promise.reject(new Error('the session store is away'))
    const response = await operatorConsole(sender, { authorize }).request('/')
    expect([response.status, await response.text()]).toEqual([
      500,
      'the console could not tell who asks\n',
    ])
    expect(error.mock.calls).toMatchObject([[{ message: 'the session store is away' }]])
    error.mockRestore()
  })

  it('asks authorize before the sender of a request', async () => {
    const { sender } = consoleScene()
    const asked: string[] = []
    const app = operatorConsole(
      () => {
        asked.push('sender')
        return sender
      },
      {
        authorize: (c) => {
          asked.push('authorize')
          return c.req.header('x-access') === 'yes' && 'all'
        },
      },
    )
    await app.request('/')
    expect(asked).toEqual(['authorize'])
    expect((await app.request('/', { headers: { 'x-access': 'yes' } })).status).toBe(200)
    expect(asked).toEqual(['authorize', 'authorize', 'sender'])
  })

  it('sends pages that are not kept, framed or mixed with anything', async () => {
    const { request } = consoleScene()
    for (const path of ['', '/deliveries', '/none', '/deliveries/msg_none', '/live.json']) {
      const { headers } = await request(path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      const policy = headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("base-uri 'none'")
      expect(policy).toContain("form-action 'self'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
    }
  })

  it('lets browsers keep its style, script and icon, under a name that changes with them', async () => {
    const { request, read } = consoleScene()
    const page = await read('')
    for (const [, path] of page.matchAll(
      /(?:href|src)="\.\/console\/((?:style|script|icon)\.\w+\?[^"]+)"/g,
    )) {
      const response = await request(`/${path}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    }
    expect(page.match(/style="|<script>|<style|\bon\w+="/g)).toBeNull()
  })

  it.each(['/', '/a', '/a/b', '/:tenant/console'])(
    'links to its own pages when mounted at %s',
    async (at) => {
      const { app, order } = consoleScene({ at })
      const base = at.replace(':tenant', 'a%20b').replace(/\/$/, '')
      const { id } = await order({ id: '1' })
      const seen = new Set<string>()
      const paths = [
        base || '/',
        `${base}/deliveries`,
        `${base}/deliveries/${id}`,
        `${base}/deliveries/${id}/redrive`,
        `${base}/endpoints`,
      ]
      for (const path of paths) {
        const url = `http://admin.example${path}`
        const page = await (await app.request(url)).text()
        for (const [, link = ''] of page.matchAll(/(?:href|src|data-live)="([^"]+)"/g)) {
          const target = new URL(link.replaceAll('&amp;', '&'), url)
          if (link.startsWith('#') || seen.has(target.href)) continue
          seen.add(target.href)
          expect([path, link, (await app.request(target.href)).status]).toEqual([path, link, 200])
        }
      }
      expect(seen.size).toBeGreaterThan(10)
    },
  )

  it('leads from the slash at its end to its first page', async () => {
    const { request } = consoleScene()
    const response = await request('/')
    expect(response.status).toBe(301)
    const location = new URL(
      response.headers.get('location') ?? '',
      'http://admin.example/console/',
    )
    expect(location.href).toBe('http://admin.example/console')
  })

  it.each([
    ['/deliveries/', '/deliveries'],
    ['/deliveries/?state=dead&owner=a%20b', '/deliveries?state=dead&owner=a%20b'],
    ['/endpoints/', '/endpoints'],
    ['/deliveries/msg_1%2F2/', '/deliveries/msg_1%2F2'],
    ['/deliveries/a:b/redrive/', '/deliveries/a:b/redrive'],
    ['//', ''],
  ])('leads from the slash at the end of %s to that page', async (path, page) => {
    for (const at of ['/console', '/:tenant/ops', '/']) {
      const { app } = consoleScene({ at })
      const base = at === '/' ? '' : at.replace(':tenant', 'a%20b')
      const url = `http://admin.example${base}${path}`
      const response = await app.request(url)
      expect([at, response.status]).toEqual([at, 301])
      const location = new URL(response.headers.get('location') ?? '', url)
      expect(location.href).toBe(`http://admin.example${base}${page || (base ? '' : '/')}`)
    }
  })

  it.each(['/none/', '/deliveries//', '/deliveries/a/b/c/', '/style.css/x/'])(
    'has no page at %s',
    async (path) => {
      const response = await consoleScene().request(path)
      expect([response.status, response.headers.get('location')]).toEqual([404, null])
      expect(await response.text()).toContain('There is no such page here.')
    },
  )

  it.each([
    ['OPTIONS', '', 'GET, HEAD'],
    ['PUT', '/deliveries', 'GET, HEAD'],
    ['POST', '/deliveries', 'GET, HEAD'],
    ['DELETE', '/deliveries/msg_1', 'GET, HEAD'],
    ['PATCH', '/deliveries/msg_1/cancel', 'GET, HEAD, POST'],
    ['PROPFIND', '/endpoints', 'GET, HEAD'],
    ['PUT', '/style.css', 'GET, HEAD'],
    ['POST', '/live.json', 'GET, HEAD'],
  ])('refuses %s of "%s" by 405, and says what the path has', async (method, path, allow) => {
    for (const at of ['/console', '/:tenant/ops', '/']) {
      const { app } = consoleScene({ at })
      const response = await app.request(`${at === '/' ? '' : at}${path}` || '/', { method })
      expect([at, response.status, response.headers.get('allow')]).toEqual([at, 405, allow])
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('has no page at an unknown path, whatever the method', async () => {
    for (const method of ['GET', 'PUT', 'POST', 'OPTIONS']) {
      const { status, headers } = await consoleScene().request('/none', { method })
      expect([method, status, headers.get('allow')]).toEqual([method, 404, null])
    }
  })

  it('shows where the last that died were sent, as its reader may see it', async () => {
    const { read, order, sender } = consoleScene({
      receive: () => new Response(null, { status: 410 }),
    })
    await order({ id: '1' })
    await sender.sendDue()
    const [dead] = await sender.deliveries({ state: 'dead' })
    expect(dead?.url).toMatch(/^https:.*\/paid\/1$/)
    expect(await read('')).toContain(`<code>${dead?.url}</code>`)
    const origin = new URL(dead?.url ?? '').origin
    const shown = await read('', 'read')
    expect(shown).toContain(`<code>${origin}/••••••</code>`)
    expect(shown).not.toContain('/paid/1')
  })

  it('never leads elsewhere', async () => {
    const { app } = consoleScene()
    for (const path of [
      '//evil.example/',
      '/console//evil.example/',
      '/console/%2F%2Fevil.example/',
    ]) {
      const { headers } = await app.request(`http://admin.example${path}`)
      const location = new URL(headers.get('location') ?? '/', `http://admin.example${path}`)
      expect(location.host).toBe('admin.example')
    }
  })

  it('shows empty states, and no figure that is not there', async () => {
    const { read, sender } = consoleScene()
    await sender.start()
    const page = await read('')
    expect(page).toContain(
      'All is well: no endpoint is held, and nothing has died in the last hour.',
    )
    expect(page).toContain('Nothing has died.')
    expect(page).not.toMatch(/NaN|undefined|null|Infinity|\[object/)
    expect(await read('/deliveries')).toContain('There is no delivery yet')
    expect(await read('/endpoints')).toContain('There is no endpoint yet')
    await sender.stop()
  })

  it('says so when the store does not respond, and shows what it can', async () => {
    const error = vi.spyOn(globalThis.console, 'error').mockReturnValue()
    const store = memoryStore()
    const { request, order } = consoleScene({ store })
    await order({ id: '1' })
    store.stats = () => Promise.reject(new Error('shard 3 at 10.0.0.7 is away'))
    const overview = await request('')
    expect(overview.status).toBe(503)
    const text = await overview.text()
    expect(text).toContain('The figures are not available')
    expect(text).toContain('Nothing has died.')
    expect(text).not.toContain('10.0.0.7')
    expect((await request('/live.json')).status).toBe(503)
    store.query = () => Promise.reject(new Error('shard 3 at 10.0.0.7 is away'))
    const deliveries = await request('/deliveries')
    expect(deliveries.status).toBe(503)
    expect(await deliveries.text()).toContain('This page is not available now')
    expect(error.mock.calls.length).toBeGreaterThan(2)
    error.mockRestore()
  })

  it('gives its script the figures that the page has', async () => {
    const { request, order, sender, read } = consoleScene({
      receive: (request) => new Response(null, { status: request.url.includes('bad') ? 500 : 200 }),
    })
    await order({ id: 'good' })
    await order({ id: 'bad' })
    await sender.sendDue()
    const { texts, paths } = await (await request('/live.json')).json()
    expect(texts).toMatchObject({
      summary: 'One delivery has died in the last hour.',
      level: 'bad',
      successRate: '50 %',
      delivered: '1',
      dead: '1',
      attempts: '2',
      failedAttempts: '1',
      waiting: '0',
    })
    expect(paths.delivered).toMatch(/^M[\d. VhZ]+$/)
    const page = await read('')
    for (const [name, text] of Object.entries(texts)) {
      if (name !== 'level') expect(page).toContain(`data-text="${name}">${text}<`)
    }
    for (const [name, path] of Object.entries(paths)) {
      expect(page).toContain(`data-path="${name}" d="${path}"`)
    }
    expect((await (await request('/live.json?window=day')).json()).texts.summary).toContain(
      '24 hours',
    )
  })

  it('shows webhooks with their endpoint', async () => {
    const { sender, read } = consoleScene()
    const { id } = await sender.endpoints.create({
      owner: 'ann',
      url: 'https://a.example/hooks?key=hunter2',
    })
    await sender.publish(orderPaid, { note: 'n' }, { owner: 'ann' })
    await sender.endpoints.disable(id)
    expect(await read('')).toContain(`deliveries?endpoint=${id}&amp;owner=ann`)
    const [delivery] = await sender.deliveries()
    const page = await read(`/deliveries/${delivery?.id}`)
    expect(page).toContain(`endpoints/${id}`)
    expect(page).not.toContain('part by part')
    expect(await read(`/endpoints/${id}`)).toContain('disabled')
    expect(await read('/endpoints', 'read')).not.toContain('hunter2')
  })
})
