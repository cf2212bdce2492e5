import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { OpenApiDocument } from '../definition/openapi-types.ts'
import { sampleValue } from './sample-value.ts'

const documentOf = (schemas: Record<string, JsonSchema>): OpenApiDocument => ({
  openapi: '3.1.1',
  info: { title: 'Orders', version: '1' },
  paths: {},
  servers: [],
  security: [],
  components: { schemas },
})

describe('sampleValue', () => {
  it('takes an example, a constant, a default, else a value of the type', () => {
    const sample = sampleValue(documentOf({}), {
      type: 'object',
      properties: {
        id: { type: 'string', examples: ['a1'] },
        kind: { const: 'paid' },
        amount: { type: 'integer', minimum: 5 },
        at: { type: 'string', format: 'date-time' },
        tags: { type: 'array', items: { enum: ['new', 'old'] } },
      },
    })
    expect(sample).toEqual({
      id: 'a1',
      kind: 'paid',
      amount: 5,
      at: '2026-01-31T12:00:00Z',
      tags: ['new'],
    })
  })

  it('follows references to references, and ends in a circle of them', () => {
    const document = documentOf({
      one: { $ref: '#/components/schemas/two' },
      two: { type: 'boolean' },
      round: { $ref: '#/components/schemas/round' },
    })
    expect(sampleValue(document, { $ref: '#/components/schemas/one' })).toBe(true)
    expect(sampleValue(document, { $ref: '#/components/schemas/round' })).toBe('text')
  })
})
