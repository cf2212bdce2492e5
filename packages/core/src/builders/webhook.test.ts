import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { document } from '../openapi/document.ts'
import { securityScheme } from './security.ts'
import { webhook } from './webhook.ts'

const info = { title: 'T', version: '1' }
const key = securityScheme('key', { type: 'apiKey', in: 'header', name: 'x' }, (_, next) => next())

describe('webhook', () => {
  const bare = webhook('post', 'orderShipped')

  it.each([
    ['summary', () => bare.summary('s'), { summary: 's' }],
    ['description', () => bare.description('d'), { description: 'd' }],
    ['operationId', () => bare.operationId('o'), { operationId: 'o' }],
    ['tags', () => bare.tags('a').tags('b'), { tags: ['a', 'b'] }],
    ['externalDocs', () => bare.externalDocs({ url: '/d' }), { externalDocs: { url: '/d' } }],
    ['deprecated', () => bare.deprecated(), { deprecated: true }],
    ['security', () => bare.security(key), { security: [[key]] }],
    ['body', () => bare.body(v.string()), { body: { type: 'string' } }],
    ['response', () => bare.response('2XX'), { responses: { '2XX': {} } }],
  ])('%s returns a new builder and leaves the old one unchanged', (_, build, expected) => {
    expect(build()['~definition']).toMatchObject(expected)
    expect(bare['~definition']).toEqual({ name: 'orderShipped', method: 'post', responses: {} })
  })

  it('is documented beside the operations', () => {
    const shipped = bare
      .summary('An order was shipped')
      .security(key)
      .body(v.object({ order: v.string() }))
      .response(204)
    const { webhooks, components } = document({ info, webhooks: [shipped] }, [])
    expect(webhooks).toEqual({
      orderShipped: {
        post: {
          operationId: 'orderShipped',
          summary: 'An order was shipped',
          security: [{ key: [] }],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { order: { type: 'string' } },
                  required: ['order'],
                },
              },
            },
          },
          responses: { 204: { description: 'No Content' } },
        },
      },
    })
    expect(components?.securitySchemes).toHaveProperty('key')
  })

  it('documents its body', () => {
    const options = { description: 'What was shipped', examples: { one: { value: 'a' } } }
    const { webhooks } = document(
      { info, webhooks: [bare.body(v.string(), options).response(204)] },
      [],
    )
    expect(webhooks?.orderShipped?.post?.requestBody).toEqual({
      description: 'What was shipped',
      required: true,
      content: {
        'application/json': { schema: { type: 'string' }, examples: { one: { value: 'a' } } },
      },
    })
    expect(() => bare.body(v.string()).body(v.string())).toThrow(
      expect.objectContaining({ code: 'set-twice' }),
    )
  })

  it('refuses a body that cannot be sent, a second of its name, and no response', () => {
    expect(() => webhook('get', 'a').body(v.string())).toThrow(
      expect.objectContaining({ code: 'path' }),
    )
    const twice = [bare.response(204), bare.response(200)]
    expect(() => document({ info, webhooks: twice }, [])).toThrow(
      expect.objectContaining({ code: 'duplicate-name' }),
    )
    expect(() => document({ info, webhooks: [bare] }, [])).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("the webhook 'orderShipped' declares no response"),
      }),
    )
  })

  it('can share its name with another method', () => {
    const put = webhook('put', 'orderShipped').response(204)
    expect(() => document({ info, webhooks: [bare.response(204), put] }, [])).toThrow(
      "POST of the webhook 'orderShipped' and PUT of the webhook 'orderShipped' share the operationId 'orderShipped'; give one of them .operationId(…)",
    )
    const webhooks = [bare.response(204), put.operationId('orderShippedAgain')]
    expect(document({ info, webhooks }, []).webhooks?.orderShipped).toMatchObject({
      post: { operationId: 'orderShipped' },
      put: { operationId: 'orderShippedAgain' },
    })
  })
})
