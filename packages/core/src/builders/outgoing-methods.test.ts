import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { SecuritySchemeObject } from '../definition/security.ts'
import { callback } from './callback.ts'
import { anonymousAccess, anySecurityScheme, securityScheme } from './security.ts'
import { webhook } from './webhook.ts'

describe.each([
  ['a callback', () => callback('post', 'https://a.example'), "the callback 'https://a.example'"],
  ['a webhook', () => webhook('post', 'paid'), "the webhook 'paid'"],
] as const)('%s', (_, make, owner) => {
  const text = v.object({ a: v.string() })

  it.each([
    ['headers', () => make().headers(text), { headers: text }],
    ['query', () => make().query(text), { query: text }],
    ['bodyAs', () => make().bodyAs('text/csv', text), { mediaType: 'text/csv', body: text }],
  ])('%s returns a new builder and leaves the old one unchanged', (name, build, expected) => {
    const old = make()
    expect(build()['~definition']).toMatchObject(expected)
    expect(old['~definition']).not.toHaveProperty(name)
  })

  it('takes each of them once, and one body', () => {
    for (const twice of [
      () => make().headers(text).headers(text),
      () => make().query(text).query(text),
      () => make().body(text).bodyAs('text/csv', text),
      () => make().bodyAs('text/csv', text).body(text),
    ]) {
      expect(twice).toThrow(expect.objectContaining({ code: 'set-twice' }))
    }
  })

  it.each([
    ...['webhook-id', 'Webhook-Extra', 'idempotency-key', 'Content-Type', 'user-agent'],
    ...['content-length', 'Host', 'connection', 'transfer-encoding', 'accept-encoding', 'expect'],
  ])("refuses the header '%s', which the sender sets", (name) => {
    for (const schema of [v.object({ [name]: v.string() }), z.object({ [name]: z.string() })]) {
      expect(() => make().headers(schema)).toThrow(
        expect.objectContaining({
          code: 'schema',
          message: `${owner} declares the header '${name}', which the sender sets itself: leave it out, or give it another name`,
        }),
      )
    }
    const scheme = securityScheme('s', { type: 'apiKey', in: 'header', name }, (_c, next) => next())
    expect(() => make().security(scheme)).toThrow(expect.objectContaining({ code: 'schema' }))
  })

  it('refuses two requirements whose credentials go into one field', () => {
    const scheme = (name: string, object: SecuritySchemeObject) =>
      securityScheme(name, object, (() => async () => undefined) as never)
    const bearer = scheme('bearer', { type: 'http', scheme: 'bearer' })
    const basic = scheme('basic', { type: 'http', scheme: 'basic' })
    const oauth = scheme('oauth', { type: 'oauth2', flows: {} })
    const key = scheme('key', { type: 'apiKey', in: 'header', name: 'X-Key' })
    const query = scheme('query', { type: 'apiKey', in: 'query', name: 'X-Key' })
    const cookie = scheme('cookie', { type: 'apiKey', in: 'cookie', name: 'sid' })
    const mutual = scheme('tls', { type: 'mutualTLS' })

    expect(() => make().security(bearer).security(basic)).toThrow(
      expect.objectContaining({
        code: 'schema',
        message: `${owner} requires both 'bearer' and 'basic', whose credentials go into the same header authorization, which holds one of them: declare alternatives by anySecurityScheme(…), or leave one out`,
      }),
    )
    const other = scheme('other', { type: 'apiKey', in: 'header', name: 'x-key' })
    expect(() => make().security(key).security(other)).toThrow(/'key' and 'other'.*header x-key/)
    expect(() => make().security(anySecurityScheme(bearer, basic)).security(oauth)).toThrow(
      /'bearer' and 'oauth'/,
    )
    for (const fine of [
      () => make().security(bearer).security(key).security(query).security(cookie),
      () => make().security(anySecurityScheme(bearer, basic)),
      () => make().security(anySecurityScheme(bearer, key)).security(basic),
      () => make().security(oauth.scopes('a')).security(oauth.scopes('b')),
      () => make().security(mutual).security(mutual).security(anonymousAccess),
    ]) {
      expect(fine).not.toThrow()
    }
  })

  it('refuses headers with credentials, names that are none, and a schema that is no object', () => {
    expect(() => make().headers(v.object({ Authorization: v.string() }))).toThrow(
      /carries credentials.*\.security\(…\)/,
    )
    expect(() => make().headers(v.object({ 'x y': v.string() }))).toThrow(/no name of a header/)
    for (const part of ['headers', 'query'] as const) {
      expect(() => make()[part](v.string())).toThrow(
        `${owner} declares its ${part} with a schema that is no object`,
      )
    }
  })

  it.each([
    ['multipart/form-data', /which callbacks do not send: use application\/x-www-form-urlencoded/],
    ['image/*', /which is not one: give a type and a subtype/],
    ['csv', /which is not one/],
    ['text/csv\r\nx-a: b', /which is not one/],
    ['text/csv; charset=iso-8859-1', /sent as UTF-8: leave the charset out/],
  ])('refuses the media type %j', (mediaType, message) => {
    expect(() => make().bodyAs(mediaType, v.string())).toThrow(message)
  })
})

describe.each([
  ['a callback', () => callback('post', 'https://a.example')],
  ['a webhook', () => webhook('post', 'paid')],
])('the delivery of %s', (_, make) => {
  it('is declared once, by a new builder', () => {
    const old = make()
    expect(old.delivery({ schedule: [0] })['~definition'].delivery).toEqual({ schedule: [0] })
    expect(old['~definition']).not.toHaveProperty('delivery')
    expect(() => make().delivery({}).delivery({})).toThrow(
      expect.objectContaining({ code: 'set-twice' }),
    )
  })

  it.each([
    [{ schedule: [] }, /a schedule that is not valid: give a list of at least one delay/],
    [{ schedule: [0, -1] }, /a schedule that is not valid/],
    [{ schedule: 5 }, /a schedule that is not valid/],
    [{ deadline: 0 }, /a deadline that is not valid: give milliseconds above 0/],
    [{ deadline: Number.NaN }, /a deadline that is not valid/],
    [{ overloadWait: -1 }, /an overloadWait that is not valid/],
    [{ shedule: [0] }, /'shedule', which is no option of it: give schedule, deadline or overload/],
  ])('refuses the delivery %j', (options, message) => {
    const build = () => make().delivery(options as object)
    expect(build).toThrow(message)
    expect(build).toThrow(expect.objectContaining({ code: 'option' }))
  })
})
