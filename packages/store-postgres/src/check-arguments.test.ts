import { expect, it } from 'vitest'
import { postgresStore, StoreError } from './index.ts'

const driver = { run: async () => [] }

it.each([
  [[], 'option', /takes a driver first, such as pgDriver\(pool\)/],
  [[null], 'option', /takes a driver first/],
  [['postgres://localhost'], 'option', /takes a driver first/],
  [[{ query() {} }], 'option', /a connection alone is none/],
  [[driver, null], 'option', /takes its options in an object/],
  [[driver, 'callbacks'], 'option', /takes its options in an object/],
  [[driver, { shema: 'a' }], 'option', /has no option 'shema': it takes schema and clock/],
  [[driver, { schema: 42 }], 'schema', /such as 'ringback'/],
  [[driver, { schema: null }], 'schema', /such as 'ringback'/],
  [[driver, { schema: Symbol('x') }], 'schema', /such as 'ringback'/],
  [[driver, { clock: {} }], 'option', /give an object with the function now/],
])('postgresStore refuses %o', (given, code, sentence) => {
  const make = () => (postgresStore as (...given: readonly unknown[]) => unknown)(...given)
  expect(make).toThrow(expect.objectContaining({ code, message: expect.stringMatching(sentence) }))
  expect(make).toThrow(StoreError)
})
