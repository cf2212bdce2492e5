import { describe, expect, it } from 'vitest'
import {
  capture,
  type Exchange,
  evaluate,
  parseExpression,
  parseTemplate,
  readsOf,
  resolveUrl,
} from '../src/index.ts'

const file = new File(['%PDF'], 'invoice.pdf')
const bytes = new TextEncoder().encode('https://hooks.example.com/cb')

const form = { url: 'https://hooks.example.com/cb', tag: ['a', 'b'], amount: '12' }
const multipart = { note: 'paid in full', invoice: file }

function exchangeOf(body: unknown): Exchange {
  return { request: { method: 'POST', url: '/', pathParams: {}, headers: {}, body } }
}

function read(pointer: string, body: unknown) {
  const resolution = evaluate(parseExpression(`$request.body${pointer}`), exchangeOf(body))
  return resolution.ok ? resolution.value : { code: resolution.code }
}

function urlOf(pointer: string, body: unknown) {
  const template = parseTemplate(`https://ops.example.com/{$request.body${pointer}}`)
  const exchange = exchangeOf(body)
  const resolution = resolveUrl(template, exchange)
  // the stored exchange gives the same
  const stored = JSON.parse(JSON.stringify(capture(exchange, readsOf(template))))
  expect(resolveUrl(template, stored)).toEqual(resolution)
  return resolution.ok ? resolution.url.slice('https://ops.example.com/'.length) : resolution.code
}

describe('a form', () => {
  it.each([
    ['#/url', form.url, 'https%3A%2F%2Fhooks.example.com%2Fcb'],
    ['#/amount', '12', '12'],
    ['#/tag', ['a', 'b'], 'type'],
    ['#/tag/1', 'b', 'b'],
    ['#/nope', { code: 'missing' }, 'missing'],
    ['', form, 'type'],
  ])('has its fields as members: %s', (pointer, value, url) => {
    expect(read(pointer, form)).toEqual(value)
    expect(urlOf(pointer, form)).toBe(url)
  })
})

describe('a multipart body', () => {
  it('has its fields as members', () => {
    expect(read('#/note', multipart)).toBe('paid in full')
    expect(urlOf('#/note', multipart)).toBe('paid%20in%20full')
  })

  it('has files, which no URL can hold, and which have no members', () => {
    expect(read('#/invoice', multipart)).toBe(file)
    expect(urlOf('#/invoice', multipart)).toBe('type')
    expect(read('#/invoice/name', multipart)).toEqual({ code: 'missing' })
    expect(urlOf('#/invoice/size', multipart)).toBe('missing')
  })
})

describe('a text body', () => {
  it.each(['', '#'])('is one string: %j', (pointer) => {
    expect(read(pointer, 'a b')).toBe('a b')
    expect(urlOf(pointer, 'a b')).toBe('a%20b')
    const text = exchangeOf('https://hooks.example.com/cb')
    expect(resolveUrl(parseTemplate(`{$request.body${pointer}}`), text)).toMatchObject({ ok: true })
  })

  it.each(['#/0', '#/length', '#/'])('has no members: %s', (pointer) => {
    expect(read(pointer, 'a b')).toEqual({ code: 'missing' })
    expect(urlOf(pointer, 'a b')).toBe('missing')
  })
})

describe.each([
  ['Uint8Array', bytes],
  ['ArrayBuffer', bytes.buffer],
  ['DataView', new DataView(bytes.buffer)],
  ['Blob', new Blob([bytes])],
])('a binary body, as %s,', (_, body) => {
  it('is its own value, which no URL can hold', () => {
    expect(read('', body)).toBe(body)
    expect(urlOf('', body)).toBe('type')
    expect(resolveUrl(parseTemplate('{$request.body}'), exchangeOf(body))).toMatchObject({
      code: 'type',
    })
  })

  it.each(['#/0', '#/length', '#/byteLength', '#/size'])('has no members: %s', (pointer) => {
    expect(read(pointer, body)).toEqual({ code: 'missing' })
    expect(urlOf(pointer, body)).toBe('missing')
  })

  it('is stored without a byte of it', () => {
    const reads = readsOf(parseTemplate('https://ops.example.com/{$request.body}'))
    expect(capture(exchangeOf(body), reads).request.body).toEqual({})
    expect(capture(exchangeOf({ body }), reads).request.body).toEqual({ body: {} })
  })
})

describe('no body', () => {
  it.each(['', '#', '#/id'])('has no value: %j', (pointer) => {
    expect(read(pointer, undefined)).toEqual({ code: 'missing' })
    expect(urlOf(pointer, undefined)).toBe('missing')
  })

  it('differs from null, which is JSON', () => {
    expect(read('', null)).toBeNull()
    expect(urlOf('', null)).toBe('missing')
  })
})
