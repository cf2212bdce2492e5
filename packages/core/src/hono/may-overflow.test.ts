import { describe, expect, it } from 'vitest'
import { mayOverflow } from './may-overflow.ts'
import { overflows } from './overflows.ts'

const digits = (count: number) => `1${'0'.repeat(count - 1)}`

describe('JSON text with a number that is Infinity', () => {
  it.each([
    '1e400',
    '-1E+400',
    '[0,1e400]',
    '{"n":1.5e309}',
    '{"n": 1e999}',
    '{\n\t"n":\n\t12.25e1000\n}',
    digits(310),
    `{"a":"${'x'.repeat(77)}","n":${digits(310)}.5}`,
    `{"a":"${'x'.repeat(33)}","n":${digits(211)}e99}`,
    `[${'1,'.repeat(500)}${digits(400)}]`,
  ])('may overflow: %s', (text) => {
    expect(overflows(text)).toBe(true)
    expect(mayOverflow(text)).toBe(true)
  })
})

it.each([
  '{"id":"3e4567a1-ae12-4e99-9e123-2e456b7c8d9e"}', // an id is not parsed a second time
  `{"total":9999,"list":[${'1.5,'.repeat(200)}2e99]}`,
  '{"a":1e99}',
])('other text is not parsed again: %s', (text) => {
  expect(mayOverflow(text)).toBe(false)
})

it('takes time that grows with the length of the text, also of digits', () => {
  const time = (length: number) => {
    const text = `"${`${'7'.repeat(99)} `.repeat(length / 100)}"`
    const start = performance.now()
    for (let round = 0; round < 5; round += 1) mayOverflow(text)
    return performance.now() - start
  }
  time(100_000)
  // quadratic time would be 256 times as much
  expect(time(1_600_000)).toBeLessThan(64 * Math.max(time(100_000), 0.5))
})
