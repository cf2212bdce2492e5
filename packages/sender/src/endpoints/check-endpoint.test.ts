import { generateKeyPair, generateSecret } from '@ringback/signing'
import { describe, expect, it } from 'vitest'
import { checkEndpointChange, checkNewEndpoint } from './check-endpoint.ts'
import type { EndpointChange, NewEndpoint } from './endpoint.ts'

const least = { owner: 'a', url: 'https://example.com/webhooks' }
const check = (fields: object) => checkNewEndpoint({ ...least, ...fields }, {})

describe('checkNewEndpoint', () => {
  it('gives what was given, with the names of headers in lower case', async () => {
    const full: NewEndpoint = {
      ...least,
      events: ['invoice.*'],
      description: 'd',
      metadata: { constructor: 'x' },
      externalId: 'e',
      headers: { Authorization: 'Bearer a', 'X-Tenant': '7' },
      limits: { concurrency: 1, rate: 0.5 },
      secret: generateSecret(),
    }
    expect(await checkNewEndpoint(full, {})).toEqual({
      ...full,
      headers: { authorization: 'Bearer a', 'x-tenant': '7' },
    })
    expect(await check({ description: undefined })).toEqual(least)
    const { privateKey } = await generateKeyPair()
    await expect(check({ secret: privateKey })).resolves.toBeDefined()
  })

  it.each<[object, string, RegExp]>([
    [{ event: ['a'] }, 'option', /'event'.*did you mean 'events'/],
    [{ owner: '' }, 'endpoint', /owner is empty/],
    [{ owner: undefined }, 'endpoint', /owner is no text/],
    [{ owner: '\ud800' }, 'endpoint', /owner/],
    [{ owner: 'a\0' }, 'endpoint', /owner/],
    [{ url: 7 }, 'endpoint', /url is no text/],
    [{ url: `https://example.com/${'a'.repeat(2048)}` }, 'endpoint', /2048/],
    [{ url: '/webhooks' }, 'url', /absolute URL/],
    [{ url: 'http://example.com/' }, 'url', /https:\/\//],
    [{ url: 'https://a:b@example.com/' }, 'url', /in a header/],
    [{ url: 'https://example.com/#a' }, 'url', /fragment/],
    [{ url: 'https://example.com:25/' }, 'url', /port/],
    [{ url: 'https://localhost/' }, 'url', /public host name/],
    [{ url: 'https://10.1.2.3/' }, 'url', /public host name/],
    [{ events: [] }, 'endpoint', /events/],
    [{ description: 'a'.repeat(1001) }, 'endpoint', /description.*1000/],
    [{ metadata: [] }, 'endpoint', /metadata is no object/],
    [{ metadata: { a: 1 } }, 'endpoint', /value in metadata/],
    [{ metadata: { ['a'.repeat(41)]: 'a' } }, 'endpoint', /name in metadata/],
    [{ metadata: Object.fromEntries([...Array(51).keys()].map((n) => [n, ''])) }, 'endpoint', /50/],
    [{ externalId: '' }, 'endpoint', /externalId is empty/],
    [{ limits: { concurrency: 0 } }, 'endpoint', /limits.concurrency/],
    [{ limits: { concurrency: 1.5 } }, 'endpoint', /limits.concurrency/],
    [{ limits: { rate: -1 } }, 'endpoint', /limits.rate/],
    [{ limits: { rate: Number.NaN } }, 'endpoint', /limits.rate/],
    [{ limits: { speed: 1 } }, 'endpoint', /\{ concurrency, rate \}/],
    [{ secret: 'hunter2' }, 'endpoint', /whsec_…/],
    [{ secret: 'whpk_AAAA' }, 'endpoint', /whsec_…/],
    [{ headers: [] }, 'endpoint', /headers is no object/],
    [{ headers: { 'a b': 'c' } }, 'endpoint', /no header/],
    [{ headers: { A: '1', a: '2' } }, 'endpoint', /twice/],
    [{ headers: { a: 'x\r\nb: c' } }, 'endpoint', /headers\["a"\].*visible ASCII/],
    [{ headers: { a: '' } }, 'endpoint', /visible ASCII/],
    [{ headers: { a: 'ü' } }, 'endpoint', /visible ASCII/],
    [{ headers: { a: 'a'.repeat(4097) } }, 'endpoint', /4096/],
    [{ headers: Object.fromEntries([...Array(21).keys()].map((n) => [n, 'a'])) }, 'endpoint', /20/],
  ])('refuses %j', async (fields, code, message) => {
    await expect(check(fields)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it.each([
    'webhook-id',
    'Webhook-Signature',
    'webhook-anything',
    'idempotency-key',
    'content-type',
    'content-length',
    'content-encoding',
    'accept-encoding',
    'User-Agent',
    'host',
    'connection',
    'proxy-authorization',
    'te',
    'transfer-encoding',
    'upgrade',
    'expect',
  ])('refuses the header %s, which is not the endpoint’s own', async (name) => {
    await expect(check({ headers: { [name]: 'a' } })).rejects.toMatchObject({
      code: 'endpoint',
      message: expect.stringMatching(/set by the sender or the connection/),
    })
  })

  it('never writes a value into its message', async () => {
    const errors = await Promise.all(
      [
        { secret: 'hunter2' },
        { headers: { a: 'hunter2\n' } },
        { headers: { host: 'hunter2' } },
        { url: 'https://hunter2@example.com' },
        { description: 'hunter2\0' },
      ].map((fields) => check(fields).catch(String)),
    )
    expect(errors).toHaveLength(5)
    expect(errors.join()).not.toContain('hunter2')
  })

  it('allows what the policy does', async () => {
    const policy = { allowLoopback: true }
    const endpoint = { ...least, url: 'http://localhost:3000/webhooks' }
    await expect(checkNewEndpoint(endpoint, policy)).resolves.toEqual(endpoint)
  })
})

describe('checkEndpointChange', () => {
  it('gives what is set and what is removed', () => {
    const change: EndpointChange = {
      url: 'https://example.com/',
      description: null,
      headers: { A: 'b' },
    }
    expect(checkEndpointChange({ ...change, externalId: null }, {})).toEqual({
      ...change,
      externalId: null,
      headers: { a: 'b' },
    })
  })

  it.each<[object, string, RegExp]>([
    [{ owner: 'b' }, 'option', /'owner'/],
    [{ secret: 'b' }, 'option', /'secret'/],
    [{ url: null }, 'endpoint', /url/],
    [{ events: null }, 'endpoint', /events cannot be removed/],
    [{ url: 'https://127.0.0.1/' }, 'url', /public host name/],
    [{ headers: { host: 'a' } }, 'endpoint', /host/],
  ])('refuses %j', (change, code, message) => {
    expect(() => checkEndpointChange(change, {})).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })
})
