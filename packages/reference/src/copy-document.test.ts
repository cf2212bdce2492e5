import {
  type AnyOperation,
  anonymousAccess,
  anySecurityScheme,
  callback,
  group,
  route,
  securityScheme,
  webhook,
} from '@ringback/core'
import { document } from '@ringback/core/document'
import type { OpenApiDocument, PathItemObject } from '@ringback/core/internal'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { copyDocument } from './copy-document.ts'

const info = { title: 'Orders', version: '1.0.0', description: 'All of them.' }
const now = Date.UTC(2026, 0, 31, 12)
const options = {
  isExtended: true,
  url: '/v1/openapi.json',
  terms: undefined,
  ownTermsOf: () => undefined,
  secretSource: undefined,
  now,
}
const shown = (...operations: AnyOperation[]) =>
  copyDocument(document({ info, signed: true }, operations), options)
/** The text of a callback, and of those that several operations share. */
const textsOf = (copy: OpenApiDocument) =>
  [
    ...Object.values(copy.paths).flatMap((item) =>
      Object.values(item).flatMap((operation) => Object.entries(operation?.callbacks ?? {})),
    ),
    ...Object.entries(copy.components?.callbacks ?? {}),
  ].flatMap(([name, callback]) =>
    Object.values(callback).flatMap((item) =>
      typeof item === 'string'
        ? []
        : Object.values(item as PathItemObject).map(
            (outgoing) => [name, outgoing.requestBody?.description ?? ''] as const,
          ),
    ),
  )
const textOf = async (name: string, ...operations: AnyOperation[]) =>
  textsOf(await shown(...operations)).find(([one]) => one === name)?.[1] ?? ''

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

const created = order.handle((c) => c.json({ number: '1' }, 201))

describe('the text of a callback', () => {
  it('says what the page has no other place for, and has a signed sample', async () => {
    const operation = order.callback('paid', paid).handle((c) => c.json({ number: '1' }, 201))
    expect(await textOf('paid', operation)).toMatchInlineSnapshot(`
      "**It was paid**\\
      Sent as \`POST\` to \`{$request.query.to}/{$request.body#/id}\`\\
      Security: \`key\` (API key in the header \`X-Key\`; From \\*us\\*), or \`oauth\` (OAuth 2; scopes \`orders:write\`), or none\\
      Response: \`200\` OK, or \`4XX\` Stop, or \`5XX\` Server Error

      > Once for each order.
      > 
      > \`\`\`
      > never closed

      In the URL:

      - \`{$request.query.to}\` is the query parameter \`to\` of the request; without it, nothing is sent there
      - \`{$request.body#/id}\` is \`id\` in the body of the request

      It has no body.

      The same as a command, signed with the sample secret \`whsec_c2FtcGxlLW9mLXRoZS1yZWZlcmVuY2UtcGFnZQ==\`. A signature is valid for five minutes; reload the page for a new one.

      \`\`\`bash
      curl -X POST 'https://your-server.example/callbacks/id' \\
        -H 'webhook-id: msg_sample' \\
        -H 'webhook-timestamp: 1769860800' \\
        -H 'webhook-signature: v1,pxQNlZfmwHZuvMBxfooJwlU61U989T+cap3tQJ6YIWA='
      \`\`\`"
    `)
  })

  it('says of each expression where its value comes from, and whether it may be missing', async () => {
    const operation = order
      .callback('a', callback('post', '{$request.query.or}/{$request.path.shop}').response(204))
      .callback('b', callback('put', '{$request.header.X-Audit}').response(204).deprecated())
      .callback('c', callback('put', '{$request.body#/notify/url}').response(204))
      .callback('d', callback('put', '{$url}/{$method}/{$statusCode}').response(204))
      .callback('e', callback('put', 'https://a.example/{$response.body#/number}').response(204))
      .handle((c) => c.json({ number: '1' }, 201))
    const lines = textsOf(await shown(operation)).flatMap(([name, text]) =>
      text.split('\n').flatMap((line) => (line.startsWith('- ') ? `${name} ${line}` : [])),
    )
    expect(lines).toEqual([
      'a - `{$request.query.or}` is the query parameter `or` of the request',
      'a - `{$request.path.shop}` is the path parameter `shop` of the request',
      'b - `{$request.header.X-Audit}` is the header `x-audit` of the request',
      'c - `{$request.body#/notify/url}` is `notify.url` in the body of the request; without it, nothing is sent there',
      'd - `{$url}` is the URL of the request',
      'd - `{$method}` is the method of the request',
      'd - `{$statusCode}` is the status of the response',
      'e - `{$response.body#/number}` is `number` in the body of the response',
    ])
    expect(await textOf('b', operation)).toMatch(/^\(deprecated\)\\\n/)
  })

  it('stands once for operations that share the callback, in the component', async () => {
    const orders = group({ prefix: '/orders', callbacks: { paid } })
    const [one, two] = ['/a', '/b'].map((path) =>
      orders
        .route('post', path)
        .query(v.object({ to: path === '/a' ? v.string() : v.optional(v.string()) }))
        .body(v.object({ id: v.string() }))
        .response(204)
        .handle((c) => c.body(null, 204)),
    )
    const copy = await shown(one as AnyOperation, two as AnyOperation)
    expect(copy.paths['/orders/a']?.post?.callbacks?.paid).toHaveProperty('$ref')
    const [text, ...others] = textsOf(copy)
    expect(others).toEqual([])
    expect(text?.[1]).toContain('**It was paid**')
    // only one of the operations sends nothing without it
    expect(text?.[1]).toContain('is the query parameter `to` of the request\n')
  })

  it('is of a callback without a body as well', async () => {
    const operation = order
      .callback('gone', callback('delete', '{$request.query.to}').response(204))
      .handle((c) => c.json({ number: '1' }, 201))
    const text = await textOf('gone', operation)
    expect(text).toContain('It has no body.')
    expect(text).toContain("curl -X DELETE 'https://your-server.example/callbacks' \\\n")
    expect(text).not.toContain('--data-raw')
  })

  it('keeps a summary from being Markdown', async () => {
    const operation = order
      .callback('x', callback('post', 'https://a.example/').summary('# <b>\n[a](b)').response(204))
      .handle((c) => c.json({ number: '1' }, 201))
    expect(await textOf('x', operation)).toMatch(
      /^\*\*\\# \\<b\\> \\\[a\\\]\\\(b\\\)\*\*\\\nSent as/,
    )
  })

  it('takes what extend merged in as it is', async () => {
    const operation = order.callback('paid', paid).handle((c) => c.json({ number: '1' }, 201))
    const byHand = { responses: { 200: { description: 'Fine' } } }
    const fields = {
      'x-null': null,
      'x-list': [{ responses: 1 }],
      post: { callbacks: { old: { '{$request.body#/id': { post: byHand, 'x-text': 'y' } } } },
    }
    const extend = JSON.parse(JSON.stringify({ paths: { '/orders/{shop}': fields } }))
    const copy = await copyDocument(document({ info, extend }, [operation]), options)
    expect(copy.paths['/orders/{shop}']).toMatchObject({
      'x-null': null,
      'x-list': [{ responses: 1 }],
    })
    expect(textsOf(copy).find(([name]) => name === 'old')?.[1]).toContain(
      'Sent as `POST` to `{$request.body#/id`\\\nResponse: `200` Fine',
    )
  })

  it('does not take what every object inherits for a member of the body', async () => {
    const byHand = { responses: { 200: { description: 'Fine' } } }
    const callbacks = { old: { '{$request.body#/constructor}': { post: byHand } } }
    const extend = JSON.parse(
      JSON.stringify({ paths: { '/orders/{shop}': { post: { callbacks } } } }),
    )
    const copy = await copyDocument(document({ info, extend }, [created]), options)
    expect(textsOf(copy)[0]?.[1]).toContain('is `constructor` in the body of the request\n')
  })
})

describe('a callback with terms of its own', () => {
  it('says them, alone and where operations share it', async () => {
    const own = { deadline: 5000, schedule: [0, 4000, 8000] }
    const operation = order.callback('paid', paid.delivery(own)).handle(() => null as never)
    const ownTermsOf = (id: string, name: string) =>
      id === operation.operationId && name === 'paid' ? own : undefined
    const texts = async (...operations: AnyOperation[]) =>
      textsOf(
        await copyDocument(document({ info, signed: true }, operations), {
          ...options,
          ownTermsOf,
        }),
      ).map(([, text]) => text)
    const said =
      'Respond within 5 seconds\\\n**A failed request is sent again**: 3 attempts over about 12 seconds.'
    expect(await texts(operation)).toEqual([expect.stringContaining(said)])

    const shared = group({ callbacks: { paid: paid.delivery(own) } })
    const [first, second] = (['/a', '/b'] as const).map((path) =>
      shared
        .route('post', path)
        .operationId(path === '/a' ? operation.operationId : 'other')
        .query(v.object({ to: v.string() }))
        .body(v.object({ id: v.string() }))
        .response(204)
        .handle((c) => c.body(null, 204)),
    )
    if (!first || !second) throw new Error('there are two')
    expect(await texts(first, second)).toEqual([expect.stringContaining(said)])
  })
})

describe('a webhook with terms of its own', () => {
  it('says them after its description', async () => {
    const paidOut = webhook('post', 'paid.out').response(204)
    const webhooks = [paidOut.description('Money left.'), webhook('post', 'other').response(204)]
    const own = { deadline: 5000, schedule: [0, 4000] }
    const copy = await copyDocument(document({ info, webhooks }, []), {
      ...options,
      ownTermsOf: (id, name) => (id === '' && name === 'paid.out' ? own : undefined),
    })
    expect(copy.webhooks?.['paid.out']?.post?.description).toBe(
      'Money left.\n\nRespond within 5 seconds\\\n**A failed request is sent again**: 2 attempts over about 4 seconds.',
    )
    expect(copy.webhooks?.other?.post).not.toHaveProperty('description')
  })
})

describe('the introduction of the copy', () => {
  it('says where the document is, and nothing of callbacks where there are none', async () => {
    expect((await shown(created)).info.description).toBe(
      'All of them.\n\n[OpenAPI document](</v1/openapi.json>)',
    )
  })

  it('says once what a receiver has to know', async () => {
    const operation = order.callback('paid', paid).handle((c) => c.json({ number: '1' }, 201))
    const declared = document({ info, signed: true }, [operation])
    const schedule = [0, 5_000, 30_000, 120_000]
    const terms = { deadline: 15_000, schedule, webhookSchedule: [0, 3_600_000] }
    const copy = await copyDocument(declared, {
      ...options,
      terms,
      secretSource: 'from Settings, Webhooks',
    })
    const { description = '' } = copy.info
    for (const words of [
      '## Receive callbacks',
      'Respond with a 2xx status within 15 seconds.',
      '4 attempts over about 2 minutes 35 seconds.',
      'A request arrives at least once.',
      'Redirects are not followed.',
      'The signed content is',
      'comes from Settings, Webhooks.',
    ]) {
      expect(description).toContain(words)
    }
    expect(JSON.stringify(copy).match(/The signed content is/g)).toHaveLength(1)
  })

  it('says how often webhooks are sent, which have a schedule of their own', async () => {
    const operation = order.callback('paid', paid).handle((c) => c.json({ number: '1' }, 201))
    const webhooks = [webhook('post', 'order.paid').response(204)]
    const terms = { deadline: 15_000, schedule: [0, 60_000], webhookSchedule: [0, 0, 3_600_000] }
    const descriptionOf = async (...operations: AnyOperation[]) => {
      const declared = document({ info, signed: true, webhooks }, operations)
      return (await copyDocument(declared, { ...options, terms })).info.description
    }
    expect(await descriptionOf(operation)).toContain(
      '2 attempts over about 1 minute. Those of a webhook: 3 attempts over about 1 hour.',
    )
    expect(await descriptionOf()).toContain('sent again**: 3 attempts over about 1 hour.')
  })
})

describe('an operation of the copy', () => {
  it('has a title made of its operationId, where it has no summary', async () => {
    const one = route('get', '/a').operationId('listHTTPRoutes').response(204)
    const two = route('get', '/b').summary('Kept').response(204)
    const three = route('get', '/orders/:id').response(204)
    const copy = await shown(
      ...[one, two, three].map((builder) => builder.handle((c) => c.body(null, 204))),
    )
    expect(Object.values(copy.paths).map(({ get }) => get?.summary)).toEqual([
      'List HTTP routes',
      'Kept',
      'Get orders by id',
    ])
  })

  it('has code samples whose languages are names, also where the copy says nothing else', async () => {
    const lang = '"><img src=x onerror=alert(1)>'
    const operation = route('get', '/a')
      .response(204)
      .extend({
        'x-codeSamples': [
          { lang: 'c++', source: '<a>' },
          { lang, source: '<b>' },
        ],
        'x-readme': { 'code-samples': [{ language: lang, code: '<c>' }] },
        'x-stainless-snippets': { [lang]: '<d>' },
      })
      .handle((c) => c.body(null, 204))
    for (const isExtended of [true, false]) {
      const declared = document({ info }, [operation])
      const copy = await copyDocument(declared, { ...options, isExtended })
      expect(copy.paths['/a']?.get).toMatchObject({
        'x-codeSamples': [
          { lang: 'c++', source: '<a>' },
          { lang: 'imgsrcxonerroralert1', source: '<b>' },
        ],
        'x-readme': { 'code-samples': [{ language: 'imgsrcxonerroralert1', code: '<c>' }] },
        'x-stainless-snippets': { imgsrcxonerroralert1: '<d>' },
      })
    }
  })

  it('has an example of responses that are no JSON', async () => {
    const builder = route('get', '/a')
      .responseAs(200, 'text/event-stream', v.object({ n: v.number() }))
      .responseAs(201, 'image/png')
      .responseAs(202, 'text/csv')
      .responseAs(203, 'image/gif', undefined, { examples: { one: { value: 'GIF89a' } } })
    for (const openapi of ['3.1', '3.2'] as const) {
      const operation = builder.handle((c) => c.body(null) as never)
      const copy = await copyDocument(document({ info, openapi }, [operation]), options)
      const { responses = {} } = copy.paths['/a']?.get ?? {}
      const examples = Object.values(responses).flatMap((one) =>
        'content' in one ? Object.values(one.content ?? {}).map(({ example }) => example) : [],
      )
      expect(examples).toEqual([
        'data: {"n":1}\n\n',
        '(the bytes of image/png)',
        undefined,
        undefined,
      ])
    }
  })
})
