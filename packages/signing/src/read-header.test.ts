import { describe, expect, it } from 'vitest'
import { withCode } from '../test/fixtures.ts'
import { type HeadersInput, readHeader } from './read-header.ts'

const NAME = 'webhook-id'

describe('readHeader', () => {
  it.each<[string, HeadersInput]>([
    ['a Headers', new Headers({ 'Webhook-Id': 'a' })],
    ['a record in lower case', { 'webhook-id': 'a' }],
    ['a record in any case', { 'Webhook-ID': 'a', accept: '*/*' }],
    ['a list of one value', { 'webhook-id': ['a'] }],
    ['a record without a prototype', Object.assign(Object.create(null), { 'webhook-id': 'a' })],
    ['a record with a header named get', { get: 'b', 'webhook-id': 'a' }],
  ])('reads %s', (_, headers) => {
    expect(readHeader(headers, NAME)).toBe('a')
  })

  it('keeps an empty value, which is not a missing one', () => {
    expect(readHeader({ 'webhook-id': '' }, NAME)).toBe('')
    expect(readHeader(new Headers({ 'webhook-id': '' }), NAME)).toBe('')
  })

  it.each<[string, unknown]>([
    ['a Headers without it', new Headers()],
    ['an empty record', {}],
    ['undefined', { 'webhook-id': undefined }],
    ['an empty list', { 'webhook-id': [] }],
    ['an inherited member', Object.create({ 'webhook-id': 'a' })],
    ['no headers at all', undefined],
  ])('misses it in %s', (_, headers) => {
    expect(() => readHeader(headers as HeadersInput, NAME)).toThrow(withCode('missing-header'))
  })

  it.each<[string, unknown]>([
    ['two values', { 'webhook-id': ['a', 'b'] }],
    ['two spellings', { 'webhook-id': 'a', 'Webhook-Id': 'a' }],
    ['a number', { 'webhook-id': 7 }],
    ['a list in a list', { 'webhook-id': [['a']] }],
  ])('refuses %s', (_, headers) => {
    expect(() => readHeader(headers as HeadersInput, NAME)).toThrow(withCode('malformed-header'))
  })
})
