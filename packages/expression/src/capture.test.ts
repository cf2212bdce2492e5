import { describe, expect, it } from 'vitest'
import { capture } from './capture.ts'
import type { Exchange } from './exchange.ts'
import { parseTemplate } from './parse-template.ts'
import { readsOf } from './reads.ts'

const exchange: Exchange = {
  request: {
    method: 'POST',
    url: 'https://api.example.com/invoices?cb=https%3A%2F%2Fh.example&key=secret&cb=b#f',
    pathParams: { tenant: 'acme', other: 'secret' },
    headers: { 'X-Tag': ['a', 'b'], 'X-One': 'one', Authorization: 'secret' },
    body: { id: 7, card: 'secret' },
  },
  response: { status: 201, headers: { Location: '/1', 'Set-Cookie': 'secret' }, body: { id: 9 } },
}

function captured(key: string): Exchange {
  return capture(exchange, readsOf(parseTemplate(key)))
}

describe('capture', () => {
  it('keeps only the parts of the request that are read', () => {
    const key =
      'https://h.example/{$request.query.cb}/{$request.path.tenant}/{$request.header.x-tag}/{$request.header.x-one}/{$request.header.x-none}/{$request.body#/id}'
    expect(captured(key)).toEqual({
      request: {
        method: 'POST',
        url: 'https://api.example.com/invoices?cb=https%3A%2F%2Fh.example&cb=b',
        pathParams: { tenant: 'acme' },
        headers: { 'x-tag': ['a', 'b'], 'x-one': ['one'], 'x-none': [] },
        body: { id: 7 },
      },
    })
  })

  it('keeps only the parts of the response that are read', () => {
    expect(captured('{$response.header.location}/{$response.body#/id}').response).toEqual({
      status: 201,
      headers: { location: ['/1'] },
      body: { id: 9 },
    })
    expect(captured('https://h.example/{$statusCode}').response).toEqual({
      status: 201,
      headers: {},
    })
    expect(captured('https://h.example/{$method}')).not.toHaveProperty('response')
  })

  it('keeps the whole URL only where it is read', () => {
    expect(captured('https://h.example/{$url}').request.url).toBe(exchange.request.url)
    expect(captured('https://h.example/').request.url).toBe('https://api.example.com/invoices')
  })

  it('never keeps credentials, even when asked to', () => {
    const reads = readsOf(parseTemplate('https://h.example/{$response.body}'))
    const header = ['Authorization', 'proxy-authorization', 'cookie', 'SET-COOKIE']
    const asked = {
      ...reads,
      request: { ...reads.request, header },
      response: { ...reads.response, header },
    }
    expect(JSON.stringify(capture(exchange, asked))).not.toContain('secret')
  })

  it('has no response if the exchange has none', () => {
    const reads = readsOf(parseTemplate('https://h.example/{$statusCode}'))
    expect(capture({ request: exchange.request }, reads)).not.toHaveProperty('response')
  })
})
