import { expect, it } from 'vitest'
import { durableObjectStore } from './durable-object-store.ts'
import { DurableObjectError } from './errors.ts'

const namespace = { idFromName: () => ({}), get: () => ({ execute: async () => ({}) }) }

it.each([
  [[], /was not given a binding/],
  [[null], /was not given a binding/],
  [['CALLBACKS'], /was not given a binding/],
  [[namespace, null], /takes its options in an object: give \{ shards \}/],
  [[namespace, 8], /takes its options in an object/],
  [[namespace, []], /takes its options in an object/],
  [[namespace, { shard: 8 }], /has no option 'shard': give \{ shards \}/],
  [[namespace, { shards: '8' }], /give a whole number/],
  [[namespace, { shards: 0 }], /give a whole number/],
  [[namespace, { shards: Symbol('x') }], /give a whole number/],
  [[namespace, { shards: null }], /give a whole number/],
])('durableObjectStore refuses %o', (given, sentence) => {
  const make = () => (durableObjectStore as (...given: readonly unknown[]) => unknown)(...given)
  const wanted = { code: 'option', message: expect.stringMatching(sentence) }
  expect(make).toThrow(expect.objectContaining(wanted))
  expect(make).toThrow(DurableObjectError)
})
