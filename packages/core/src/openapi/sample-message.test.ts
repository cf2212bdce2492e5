import { describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../definition/openapi-types.ts'
import { sampleContent, sampleMessage } from './sample-message.ts'

const DOCUMENT: OpenApiDocument = {
  openapi: '3.1.1',
  info: { title: 'Orders', version: '1' },
  paths: {},
  servers: [],
  security: [],
  components: {
    schemas: { Paid: { type: 'object', properties: { amount: { type: 'number' } } } },
    parameters: { Team: { name: 'team', in: 'query', required: true, schema: { example: 'a b' } } },
  },
}
const JSON_BODY = {
  required: true,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Paid' } } },
}

describe('sampleMessage', () => {
  it('has the payload, and the headers and query that are required, without those of the signature', () => {
    const header = { in: 'header', schema: { type: 'integer' } } as const
    const parameters = [
      { $ref: '#/components/parameters/Team' },
      { ...header, name: 'x-part', required: true },
      { ...header, name: 'x-other' },
      { ...header, name: 'Webhook-Signature', required: true },
    ]
    expect(sampleMessage(DOCUMENT, { requestBody: JSON_BODY, parameters })).toEqual({
      mediaType: 'application/json',
      payload: { amount: 1 },
      body: '{"amount":1}',
      headers: { 'x-part': '1' },
      query: [['team', 'a b']],
    })
  })

  it('has no body where none is described', () => {
    expect(sampleMessage(DOCUMENT, {})).toEqual({ headers: {}, query: [] })
  })

  it.each([
    ['text/plain', 'a "text"', 'a "text"'],
    ['application/json', 'a "text"', '"a \\"text\\""'],
    ['application/x-www-form-urlencoded', { a: 'b c', n: 1 }, 'a=b+c&n=1'],
  ])('writes %s as its media type says', (type, example, body) => {
    const requestBody = { required: true, content: { [type]: { example } } }
    expect(sampleMessage(DOCUMENT, { requestBody }).body).toBe(body)
  })
})

describe('sampleContent', () => {
  it('takes the first example, also of 3.2, else the schema', () => {
    const schema = { type: 'string' }
    expect(sampleContent(DOCUMENT, { schema, example: 'one' })).toBe('one')
    expect(sampleContent(DOCUMENT, { schema, examples: { a: { value: 'two' } } })).toBe('two')
    expect(sampleContent(DOCUMENT, { schema, examples: { a: { dataValue: 'three' } } })).toBe(
      'three',
    )
    expect(sampleContent(DOCUMENT, { schema })).toBe('text')
  })
})
