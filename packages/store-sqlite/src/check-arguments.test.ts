import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { StoreError, sqliteStore } from './index.ts'

const path = ':memory:'

it.each([
  [[], /takes the path of its file first/],
  [[null], /takes the path of its file first/],
  [[''], /takes the path of its file first/],
  [[42], /takes the path of its file first/],
  [[new DatabaseSync(path)], /takes the path of its file first/],
  [[path, null], /takes its options in an object/],
  [[path, 'full'], /takes its options in an object/],
  [[path, { durabilty: 'full' }], /has no option 'durabilty': it takes durability and clock/],
  [[path, { durability: 'FULL' }], /give 'normal' or 'full'/],
  [[path, { durability: true }], /give 'normal' or 'full'/],
  [[path, { clock: {} }], /give an object with the function now/],
  [[path, { clock: null }], /give an object with the function now/],
])('sqliteStore refuses %o', (given, sentence) => {
  const make = () => (sqliteStore as (...given: readonly unknown[]) => unknown)(...given)
  const wanted = { code: 'option', message: expect.stringMatching(sentence) }
  expect(make).toThrow(expect.objectContaining(wanted))
  expect(make).toThrow(StoreError)
})
