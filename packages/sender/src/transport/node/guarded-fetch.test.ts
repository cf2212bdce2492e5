import { createFetch } from 'ofetch'
import { describe, expect, it, vi } from 'vitest'
import { LOOPBACK, NAME, resolver } from '../../../test/resolver.ts'
import { guarded, serve } from '../../../test/serve.ts'
import { adaptFetch } from '../adapt-fetch.ts'
import { findEgressError } from '../egress/find-egress-error.ts'
import { guardedFetch } from './guarded-fetch.ts'
import type { ResolvedAddress } from './resolve.ts'

// only in refused resolutions, so that no connection is made to it
const PUBLIC: ResolvedAddress = { address: '93.184.216.34', family: 4 }

const failureOf = (response: Promise<Response>): Promise<unknown> =>
  response.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('guardedFetch, by default', () => {
  it.each(['127.0.0.1', '2130706433', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'opens no connection to %s',
    async (host) => {
      const server = await serve()
      const send = guarded({ policy: { allowHttp: true } })

      const error = await failureOf(send(`http://${host}:${server.port}/`))

      expect(error).toMatchObject({ name: 'TypeError', message: 'fetch failed' })
      expect(findEgressError(error)).toMatchObject({ code: 'blocked' })
      expect(server.connections()).toBe(0)
    },
  )

  it('opens no connection to a public name that resolves to loopback', async () => {
    const server = await serve()
    const { asked, resolve } = resolver([LOOPBACK])
    const send = guarded({ policy: { allowHttp: true }, resolve })

    const error = await failureOf(send(`http://${NAME}:${server.port}/`))

    expect(findEgressError(error)?.reason).toBe('127.0.0.1 is loopback (RFC 1122)')
    expect(asked).toEqual([NAME])
    expect(server.connections()).toBe(0)
  })

  it.each([
    ['last', [PUBLIC, LOOPBACK]],
    ['first', [LOOPBACK, PUBLIC]],
  ])('refuses a name whose %s address is refused', async (_position, response) => {
    const server = await serve()
    const send = guarded({ policy: { allowHttp: true }, resolve: resolver(response).resolve })

    const error = await failureOf(send(`http://${NAME}:${server.port}/`))

    expect(findEgressError(error)).toMatchObject({ code: 'blocked' })
    expect(server.connections()).toBe(0)
  })

  it('refuses other schemes and malformed URLs', async () => {
    const send = guarded({})

    for (const url of [
      'data:text/plain,x',
      'file:///etc/passwd',
      'relative',
      '',
      'http://a.example/',
    ]) {
      expect(findEgressError(await failureOf(send(url)))).toMatchObject({ code: 'blocked' })
    }
  })

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('treats %s as an ordinary failure', async (code) => {
    const failure = Object.assign(new Error(`getaddrinfo ${code}`), { code })
    const send = guarded({ resolve: () => Promise.reject(failure) })

    const error = await failureOf(send(`https://${NAME}/`))

    expect(error).toMatchObject({ message: 'fetch failed', cause: { code } })
    expect(findEgressError(error)).toBeUndefined()
  })
})

describe('guardedFetch, when the policy permits the target', () => {
  const policy = { allowHttp: true, allow: ['127.0.0.1', '[::1]'] }

  it('sends to an address', async () => {
    const server = await serve((request, response) => {
      request.pipe(response.writeHead(202, { 'x-method': request.method, 'x-url': request.url }))
    })
    const send = guarded({ policy })

    const response = await send(`${server.url}events?a=b`, {
      method: 'POST',
      body: '{"paid":true}',
    })

    expect(response.status).toBe(202)
    expect(response.headers.get('x-method')).toBe('POST')
    expect(response.headers.get('x-url')).toBe('/events?a=b')
    expect(await response.json()).toEqual({ paid: true })
  })

  it('tries the addresses of a name until one responds', async () => {
    const server = await serve()
    const { asked, resolve } = resolver([{ address: '::1', family: 6 }, LOOPBACK])
    const send = guarded({ policy, resolve })

    const response = await send(`http://${NAME}:${server.port}/`)

    expect(await response.text()).toBe('ok')
    expect(asked).toEqual([NAME])
    expect(server.connections()).toBe(1)
  })

  it('sends to a permitted name, whatever it resolves to', async () => {
    const server = await serve()
    const resolve = resolver([LOOPBACK]).resolve
    const send = guarded({
      policy: { allowHttp: true, allow: [`${NAME}:${server.port}`] },
      resolve,
    })

    expect((await send(`http://${NAME}:${server.port}/`)).status).toBe(200)
    expect(findEgressError(await failureOf(send(server.url)))?.code).toBe('blocked')
  })

  it('sends over IPv6', async (context) => {
    const server = await serve(undefined, { host: '::1' }).catch(() => undefined)
    if (!server) return context.skip('no IPv6 here')
    const send = guarded({ policy })
    const refusing = guarded({ policy: { allowHttp: true } })

    expect((await send(server.url)).status).toBe(200)
    expect(findEgressError(await failureOf(refusing(server.url)))?.code).toBe('blocked')
    expect(server.connections()).toBe(1)
  })

  it('accepts a Request, a URL and FormData', async () => {
    const server = await serve((request, response) => {
      request.pipe(response.writeHead(200, { 'x-type': request.headers['content-type'] ?? 'none' }))
    })
    const send = guarded({ policy })
    const form = new FormData()
    form.set('paid', 'true')

    const fromRequest = await send(new Request(server.url, { method: 'POST', body: 'a' }))
    const fromUrl = await send(new URL(server.url), { method: 'PUT', body: new Uint8Array([98]) })
    const fromForm = await send(server.url, { method: 'POST', body: form })

    expect(await fromRequest.text()).toBe('a')
    expect(await fromUrl.text()).toBe('b')
    expect(fromForm.headers.get('x-type')).toMatch(/^multipart\/form-data; boundary=/)
    expect(await fromForm.text()).toContain('name="paid"')
  })

  it('ends with the signal', async () => {
    const server = await serve(() => undefined)
    const abort = new AbortController()
    const send = guarded({ policy })

    const failure = failureOf(send(server.url, { signal: abort.signal }))
    abort.abort()

    expect(await failure).toMatchObject({ name: 'AbortError' })
  })

  it('ends with the signal while its connection is being made', async () => {
    let response: ((addresses: readonly ResolvedAddress[]) => void) | undefined
    const resolve = () =>
      new Promise<readonly ResolvedAddress[]>((resolved) => {
        response = resolved
      })
    const abort = new AbortController()

    const failure = failureOf(guarded({ resolve })(`https://${NAME}/`, { signal: abort.signal }))
    await vi.waitFor(() => expect(response).toBeDefined(), { timeout: 15_000 })
    abort.abort()

    expect(await failure).toMatchObject({ name: 'AbortError' })
    response?.([])
  })

  it.each([301, 302, 303, 307, 308])('returns a %i and does not follow it', async (status) => {
    const target = await serve()
    const server = await serve((_request, response) => {
      response.writeHead(status, { location: target.url }).end()
    })
    const send = guarded({ policy })

    const response = await send(server.url, { method: 'POST', body: 'a', redirect: 'follow' })

    expect(response.status).toBe(status)
    expect(response.headers.get('location')).toBe(target.url)
    expect(target.connections()).toBe(0)
  })

  it('ignores a Refresh header', async () => {
    const target = await serve()
    const server = await serve((_request, response) => {
      response.writeHead(200, { refresh: `0;url=${target.url}`, location: target.url }).end()
    })

    expect((await guarded({ policy })(server.url)).status).toBe(200)
    expect(target.connections()).toBe(0)
  })

  it('is a transport for ofetch, which keeps the refusal as a cause', async () => {
    const server = await serve()
    const send = createFetch({ fetch: guarded({ policy }) })
    const options = { retry: false, redirect: 'manual', responseType: 'stream' } as const

    expect((await send.raw(server.url, options)).status).toBe(200)
    const error = await send.raw('http://127.0.0.2/', options).catch((error: unknown) => error)
    expect(findEgressError(error)).toMatchObject({ code: 'blocked' })
  })
})

describe('guardedFetch', () => {
  it('copies no member to a wrapper that would be called instead of it', async () => {
    const send = guarded({})
    const wrapper = Object.assign(async () => new Response('wrapped'), send)
    const request = { method: 'GET', headers: {}, body: null, signal: new AbortController().signal }

    expect((await adaptFetch(wrapper)('https://a.example/', request)).status).toBe(200)
    expect(wrapper.policy).toBe(send.policy)
  })

  it('has its policy as a member', () => {
    const policy = { allow: ['localhost'] }

    expect(guarded({ policy }).policy).toBe(policy)
    expect(guarded({}).policy).toEqual({})
  })

  it('throws at once for an invalid policy', () => {
    expect(() => guardedFetch({ policy: { allow: ['*'] } })).toThrow(
      expect.objectContaining({ code: 'policy' }),
    )
  })

  it('sends nothing more after close', async () => {
    const server = await serve()
    const send = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })

    expect(await (await send(server.url)).text()).toBe('ok')
    await send.close()

    expect(await failureOf(send(server.url))).toMatchObject({ message: 'fetch failed' })
    expect(server.connections()).toBe(1)
  })
})
