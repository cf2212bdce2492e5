import { describe, expect, it } from 'vitest'
import { EgressError } from './errors.ts'
import { findEgressError } from './find-egress-error.ts'

const refusal = new EgressError('blocked', '10.0.0.1 is private use (RFC 1918)')

describe('findEgressError', () => {
  it.each([
    ['the error itself', refusal],
    ['a cause', new TypeError('fetch failed', { cause: refusal })],
    ['a cause of a cause', new Error('a', { cause: new Error('b', { cause: refusal }) })],
    ['an aggregate', new AggregateError([new Error('a'), refusal])],
    ['the cause of one in an aggregate', new AggregateError([new Error('a', { cause: refusal })])],
    ['the cause of an aggregate', new AggregateError([], 'a', { cause: refusal })],
    ['an error of another realm', { cause: { errors: [{ cause: refusal }] } }],
  ])('finds %s', (_where, error) => {
    expect(findEgressError(error)).toBe(refusal)
  })

  it.each([
    undefined,
    null,
    'blocked',
    new Error('blocked'),
    { name: 'EgressError', code: 'blocked' },
    new AggregateError([new Error('a')]),
    { errors: 'no list' },
  ])('finds nothing in %o', (error) => {
    expect(findEgressError(error)).toBeUndefined()
  })

  it('ends on a cycle and on a long chain', () => {
    const circle = new Error('a')
    circle.cause = new AggregateError([circle])
    let chain: Error = refusal
    for (let length = 0; length < 1000; length += 1) chain = new Error('a', { cause: chain })

    expect(findEgressError(circle)).toBeUndefined()
    expect(findEgressError(chain)).toBeUndefined()
  })
})
