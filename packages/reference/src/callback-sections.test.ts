import {
  type AnyOperation,
  anonymousAccess,
  anySecurityScheme,
  callback,
  group,
  route,
  securityScheme,
} from '@ringback/core'
import { document } from '@ringback/core/document'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { addCallbackSections } from './callback-sections.ts'

const info = { title: 'Orders', version: '1.0.0', description: 'All of them.' }
const shown = (...operations: AnyOperation[]) =>
  addCallbackSections(document({ info }, operations), '/v1/openapi.json')
const sectionOf = (...operations: AnyOperation[]) => {
  const [item = {}] = Object.values(shown(...operations).paths)
  return Object.values(item)[0]?.description
}
const pass = (_: unknown, next: () => Promise<void>) => next()

const key = securityScheme(
  'key',
  { type: 'apiKey', in: 'header', name: 'X-Key', description: 'From *us*' },
  pass,
)
const oauth = securityScheme('oauth', { type: 'oauth2', flows: {} }, () => pass)

const order = route('post', '/orders/:shop')
  .description('Takes an order.')
  .query(v.object({ to: v.optional(v.string()), or: v.optional(v.string(), 'https://b.example') }))
  .headers(v.object({ 'x-audit': v.string() }))
  .body(v.object({ id: v.string(), notify: v.optional(v.object({ url: v.string() })) }))
  .response(201, v.object({ number: v.string() }))

const paid = callback('post', '{$request.query.to}/{$request.body#/id}')
  .summary('It was paid')
  .description('Once for each order.\n\n```\nnever closed')
  .security(anySecurityScheme(key, oauth.scopes('orders:write'), anonymousAccess))
  .response(200, v.object({ ok: v.boolean() }))
  .response('4XX', undefined, { description: 'Stop' })
  .response('5XX')

describe('a section of callbacks', () => {
  it('says what the page has no other place for', () => {
    const operation = order.callback('paid', paid).handle((c) => c.json({ number: '1' }, 201))
    expect(sectionOf(operation)).toMatchInlineSnapshot(`
      "Takes an order.

      #### Callbacks

      **paid**: It was paid\\
      Sent as \`POST\` to \`{$request.query.to}/{$request.body#/id}\`\\
      Security: \`key\` (API key in the header \`X-Key\`; From \\*us\\*), or \`oauth\` (OAuth 2; scopes \`orders:write\`), or none\\
      Response: \`200\` OK, or \`4XX\` Stop, or \`5XX\` Server Error

      > Once for each order.
      > 
      > \`\`\`
      > never closed

      In these URLs:

      - \`{$request.query.to}\` is the query parameter \`to\` of the request; without it, nothing is sent there
      - \`{$request.body#/id}\` is \`id\` in the body of the request"
    `)
  })

  it('says of each expression where its value comes from, and whether it may be missing', () => {
    const operation = order
      .callback('a', callback('post', '{$request.query.or}/{$request.path.shop}').response(204))
      .callback('b', callback('put', '{$request.header.X-Audit}').response(204).deprecated())
      .callback('c', callback('put', '{$request.body#/notify/url}').response(204))
      .callback('d', callback('put', '{$url}/{$method}/{$statusCode}').response(204))
      .callback('e', callback('put', 'https://a.example/{$response.body#/number}').response(204))
      .callback('f', callback('put', '{$request.query.or}').response(204))
      .handle((c) => c.json({ number: '1' }, 201))
    const section = sectionOf(operation) ?? ''
    expect(section.slice(section.indexOf('In these URLs'))).toMatchInlineSnapshot(`
      "In these URLs:

      - \`{$request.query.or}\` is the query parameter \`or\` of the request
      - \`{$request.path.shop}\` is the path parameter \`shop\` of the request
      - \`{$request.header.X-Audit}\` is the header \`x-audit\` of the request
      - \`{$request.body#/notify/url}\` is \`notify.url\` in the body of the request; without it, nothing is sent there
      - \`{$url}\` is the URL of the request
      - \`{$method}\` is the method of the request
      - \`{$statusCode}\` is the status of the response
      - \`{$response.body#/number}\` is \`number\` in the body of the response"
    `)
    expect(section).toContain('**b** (deprecated)')
  })

  it('follows callbacks that several operations share', () => {
    const orders = group({ prefix: '/orders', callbacks: { paid } })
    const [one, two] = ['/a', '/b'].map((path) =>
      orders
        .route('post', path)
        .query(v.object({ to: v.string() }))
        .body(v.object({ id: v.string() }))
        .response(204)
        .handle((c) => c.body(null, 204)),
    )
    const { paths } = shown(one as AnyOperation, two as AnyOperation)
    expect(paths['/orders/a']?.post?.callbacks?.paid).toHaveProperty('$ref')
    expect(paths['/orders/a']?.post?.description).toContain('**paid**: It was paid')
    expect(paths['/orders/b']?.post?.description).toContain('Response: `200` OK')
  })

  it('is not where there are no callbacks', () => {
    const operation = order.handle((c) => c.json({ number: '1' }, 201))
    expect(sectionOf(operation)).toBe('Takes an order.')
  })

  it('keeps names and summaries from being Markdown', () => {
    const operation = order
      .callback(
        '<b>*x*',
        callback('post', 'https://a.example/').summary('# <script>\n[a](b)').response(204),
      )
      .handle((c) => c.json({ number: '1' }, 201))
    expect(sectionOf(operation)).toContain(
      '**\\<b\\>\\*x\\***: \\# \\<script\\> \\[a\\]\\(b\\)\\\nSent as `POST` to `https://a.example/`',
    )
  })

  it('takes what extend merged in as it is', () => {
    const operation = order.callback('paid', paid).handle((c) => c.json({ number: '1' }, 201))
    const byHand = { responses: { 200: { description: 'Fine' } } }
    const fields = {
      'x-null': null,
      'x-list': [{ responses: 1 }],
      post: { callbacks: { old: { '{$request.body#/id': { post: byHand, 'x-text': 'y' } } } },
    }
    const extend = JSON.parse(JSON.stringify({ paths: { '/orders/{shop}': fields } }))
    const built = document({ info, extend }, [operation])
    const item = addCallbackSections(built, '/').paths['/orders/{shop}']
    expect(item).toMatchObject({ 'x-null': null, 'x-list': [{ responses: 1 }] })
    expect(item?.post?.description).toContain(
      '**old**\\\nSent as `POST` to `{$request.body#/id`\\\nResponse: `200` Fine',
    )
  })

  it('does not take what every object inherits for a member of the body', () => {
    const operation = order.callback('paid', paid).handle((c) => c.json({ number: '1' }, 201))
    const byHand = { responses: { 200: { description: 'Fine' } } }
    const callbacks = { old: { '{$request.body#/constructor}': { post: byHand } } }
    const extend = JSON.parse(
      JSON.stringify({ paths: { '/orders/{shop}': { post: { callbacks } } } }),
    )
    const built = document({ info, extend }, [operation])
    const item = addCallbackSections(built, '/').paths['/orders/{shop}']
    expect(item?.post?.description).toContain('is `constructor` in the body of the request')
    expect(item?.post?.description).not.toContain('`constructor` in the body of the request;')
  })
})

describe('the copy', () => {
  it('says where the document is', () => {
    expect(shown().info.description).toBe('All of them.\n\n[OpenAPI document](</v1/openapi.json>)')
  })
})
