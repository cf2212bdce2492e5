import { describe, expect, it } from 'vitest'
import { leastValue } from './least-value.ts'

const DOCUMENT = {
  components: {
    schemas: {
      Node: {
        type: 'object',
        required: ['next'],
        properties: { next: { $ref: '#/components/schemas/Node' } },
      },
    },
  },
}

describe('leastValue', () => {
  it.each<[string, object, unknown]>([
    [
      'the members that must be there',
      {
        required: ['ok', 'gone'],
        properties: { ok: { type: 'boolean' }, note: { type: 'string' } },
      },
      { ok: true },
    ],
    [
      'all parts of an object',
      {
        allOf: [
          { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
          { type: 'object', required: ['b'], properties: { b: { enum: ['x', 'y'] } } },
        ],
      },
      { a: 1, b: 'x' },
    ],
    ['no items', { type: 'array', items: { type: 'string' } }, []],
    ['as many items as must be', { type: 'array', minItems: 2, items: { type: 'number' } }, [1, 1]],
    ['an example that is of the type', { type: 'string', example: 'mine' }, 'mine'],
    ['no example of another type', { type: 'integer', example: 'mine' }, 1],
    ['a constant', { const: null }, null],
  ])('has %s', (_name, schema, value) => {
    expect(leastValue(DOCUMENT, schema)).toEqual(value)
  })

  it('ends in a schema that needs itself', () => {
    const text = JSON.stringify(leastValue(DOCUMENT, { $ref: '#/components/schemas/Node' }))
    expect(text).toMatch(/^(\{"next":){2,20}null\}+$/)
  })
})
