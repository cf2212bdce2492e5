import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { JsonObject } from '../documents/read-document.ts'
import type { Rule } from './finding.ts'
import { lint } from './lint.ts'

const OPERATION = `
openapi: 3.1.1
info: { title: Orders, version: '1' }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: x-key } }
  schemas:
    Order:
      allOf:
        - { type: object, properties: { callbackUrl: { type: string }, customer: { type: object, properties: { url: { type: string } } }, items: { type: array, items: { $ref: '#/components/schemas/Item' } } } }
        - { description: more }
    Item: { type: object, properties: { a/b: { type: string }, count: { type: integer } } }
paths:
  /teams/{team}/orders:
    parameters: [{ name: team, in: path, required: true, schema: { type: string } }]
    post:
      operationId: createOrder
      parameters: [{ name: X-Reply-To, in: header, schema: { type: string } }, { name: url, in: query, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses:
        '201':
          description: created
          headers: { Location: { schema: { type: string } } }
          content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } }
      callbacks:
        paid:
          KEY: { post: { responses: { '204': { description: ok } } } }
`

const withKey = (key: string): JsonObject => parse(OPERATION.replace('KEY', JSON.stringify(key)))

const findingsOf = (document: JsonObject) =>
  lint(document).map(({ rule, remedy }) => [rule, remedy])

describe('lint finds nothing in keys that read what is declared', () => {
  it.each([
    '{$request.body#/callbackUrl}',
    '{$request.body#/callbackUrl}/{$request.path.team}/{$response.body#/id}',
    '{$request.query.url}?to={$request.header.x-reply-to}&n={$request.body#/items/0/count}',
    '{$request.body#/callbackUrl}/{$request.body#/items/0/a~1b}/{$statusCode}',
    '{$response.header.location}',
    '$request.body#/callbackUrl',
    'https://ops.example.com/{$request.header.content-type}',
  ])('%s', (key) => {
    expect(lint(withKey(key))).toEqual([])
  })
})

describe('lint finds, in the key of a callback,', () => {
  it.each<[string, string, Rule, RegExp]>([
    [
      'a description',
      'Provided URL in /subscriptions',
      'callback-key',
      /runtime expression that gives/,
    ],
    ['a name in braces', '{webhookURL}', 'callback-key', /\{\$request\.body#\/webhookURL\}/],
    [
      'another grammar',
      '{$request.body.callbackUrl}',
      'expression-syntax',
      /\$request\.body#\/callbackUrl/,
    ],
    ['a brace too many', '{$request.query.url}}', 'expression-syntax', /inside/],
    ['a name nearby', '{$request.query.Url}', 'undeclared', /\$request\.query\.url/],
    ['another part', '{$request.query.team}', 'undeclared', /\$request\.path\.team/],
    [
      'a header',
      '{$request.header.x-no}',
      'undeclared',
      /parameters of the operation, with in: header/,
    ],
    ['a response header', '{$response.header.link}', 'undeclared', /headers of the response/],
    ['a query of a response', '{$response.query.url}', 'undeclared', /\$request\.query\.url/],
    ['a member nearby', '{$request.body#/callbackURL}', 'pointer', /#\/callbackUrl/],
    [
      'dots, as etsi and WhatsApp have them',
      '{$request.body#/customer.url}',
      'pointer',
      /#\/customer\/url/,
    ],
    ['a description between angles', '<WSS liveCallbacks>', 'callback-key', /runtime expression/],
    ['a member of an item', '{$request.body#/items/0/a}', 'pointer', /properties of the schema/],
    ['no index', '{$request.body#/items/first}', 'pointer', /correct the pointer/],
    ['a member of text', '{$request.body#/callbackUrl/x}', 'pointer', /correct the pointer/],
    ['a list', '{$request.body#/items}', 'value-type', /one of its members/],
    ['a host', 'https://{$request.path.team}/x', 'host-value', /whole URL/],
    [
      'a part of a host',
      'https://a.{$request.query.url}.evil{$request.path.team}/',
      'host-value',
      /./,
    ],
    ['another scheme', 'wss://live.example.com/{$request.path.team}', 'callback-url', /https/],
    [
      'credentials',
      '{$request.query.url}?t={$request.header.authorization}',
      'sensitive-header',
      /another header/,
    ],
  ])('%s', (_name, key, rule, remedy) => {
    expect(findingsOf(withKey(key))).toEqual([[rule, expect.stringMatching(remedy)]])
  })
})

describe('lint finds', () => {
  const base = { openapi: '3.1.1', info: { title: 'A', version: '1' } }
  const ok = { responses: { '204': { description: 'ok' } } }

  it('operations of one id, also of callbacks and webhooks, but no shared callback', () => {
    const callbacks = { done: { $ref: '#/components/callbacks/done' } }
    const document = {
      ...base,
      paths: {
        '/a': { get: { ...ok, operationId: 'one', callbacks } },
        '/b': { get: { ...ok, operationId: 'two', callbacks } },
      },
      webhooks: { grown: { post: { ...ok, operationId: 'one' } } },
      components: { callbacks: { done: { '{$url}': { post: { ...ok, operationId: 'done' } } } } },
    }
    expect(lint(document)).toMatchObject([
      { rule: 'duplicate-operation-id', pointer: '/webhooks/grown/post/operationId' },
    ])
  })

  it('security schemes that are not declared', () => {
    const security = [{ key: [] }, { other: [] }]
    const components = { securitySchemes: { key: { type: 'http', scheme: 'basic' } } }
    const document = { ...base, components, webhooks: { a: { post: { ...ok, security } } } }
    expect(lint({ ...document, security })).toMatchObject([
      { rule: 'undeclared-security', pointer: '/security/1' },
      { rule: 'undeclared-security', pointer: '/webhooks/a/post/security/1' },
    ])
    const uri = { ...base, openapi: '3.2.0', security: [{ './schemes.json#/key': [] }] }
    expect(lint(uri)).toEqual([])
  })

  it('webhooks without responses, and webhooks of 3.0', () => {
    const webhooks = { a: { post: {} } }
    expect(lint({ ...base, webhooks })).toMatchObject([
      { rule: 'missing-responses', severity: 'warning', pointer: '/webhooks/a/post' },
    ])
    expect(lint({ ...base, openapi: '3.0.3', webhooks: {} })).toMatchObject([
      { rule: 'webhooks-version' },
    ])
    expect(lint({ ...base, openapi: '3.0.3', 'x-webhooks': webhooks })).toMatchObject([
      { rule: 'missing-responses', pointer: '/x-webhooks/a/post' },
    ])
  })

  it('links that lead nowhere, read nothing, or give what is not taken', () => {
    const links = {
      good: { operationId: 'read', parameters: { 'path.id': '$response.body#/id', id: 7 } },
      gone: { operationId: 'raed' },
      none: {},
      ref: { operationRef: '#/paths/~1b~1{id}/get', parameters: { nr: '$response.body#/nr' } },
      lost: { operationRef: '#/paths/~1c/get' },
      wrong: { operationId: 'read', parameters: { id: '$response.bdy#/id' } },
      external: { operationRef: 'https://b.example/openapi.json#/paths/~1c/get' },
      referred: { $ref: '#/components/links/no' },
    }
    const schema = { type: 'object', properties: { id: { type: 'string' } } }
    const response = { description: 'ok', content: { 'application/json': { schema } }, links }
    const parameters = [{ name: 'id', in: 'path', required: true }]
    const document = {
      ...base,
      paths: {
        '/a': { post: { responses: { '200': response } } },
        '/b/{id}': { get: { ...ok, operationId: 'read', parameters } },
      },
    }
    const at = '/paths/~1a/post/responses/200/links'
    expect(lint(document).map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ['link-target', `${at}/gone`],
      ['link-target', `${at}/none`],
      ['pointer', `${at}/ref/parameters/nr`],
      ['link-parameter', `${at}/ref/parameters/nr`],
      ['link-target', `${at}/lost`],
      ['expression-syntax', `${at}/wrong/parameters/id`],
      ['unresolved-reference', `${at}/referred`],
    ])
  })

  it('what is no callback and no path item, and survives everything else', () => {
    const hostile: JsonObject[] = [
      { ...base, paths: { '/a': { post: { callbacks: { a: 'text', b: { '{$url}': [] } } } } } },
      { ...base, paths: null, webhooks: 7, components: [], security: 'key' },
      {
        ...base,
        paths: { '/a': { post: { callbacks: { a: { $ref: '#/paths/~1a/post/callbacks/a' } } } } },
      },
      {
        ...base,
        components: { schemas: { A: { allOf: [{ $ref: '#/components/schemas/A' }] } } },
        paths: {
          '/a': {
            post: {
              requestBody: {
                content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
              },
              callbacks: { a: { '{$request.body#/a}': { post: ok } } },
            },
          },
        },
      },
    ]
    expect(hostile.map((one) => lint(one).map(({ rule }) => rule))).toEqual([
      ['structure', 'structure'],
      [],
      ['unresolved-reference'],
      [],
    ])
  })

  it('nothing where a schema or parameter stands in another document', () => {
    const operation = {
      ...ok,
      parameters: [{ $ref: 'shared.yaml#/url' }],
      requestBody: { content: { 'application/json': { schema: { $ref: 'shared.yaml#/Order' } } } },
      callbacks: {
        a: { '{$request.query.url}/{$request.body#/id}': { post: ok } },
        b: { $ref: 'b.yaml' },
      },
    }
    expect(lint({ ...base, paths: { '/a': { post: operation } } })).toEqual([])
  })
})
