import { expect, it } from 'vitest'
import { createStoreTrouble } from './store-trouble.ts'

class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

it('tells of a store that fails once for each cause, until it works again, and of other errors always', () => {
  const told: unknown[] = []
  const { tell, end } = createStoreTrouble((error) => told.push(String(error)))
  for (const code of ['full', 'full', 'locked', 'full']) tell(new StoreError(code))
  expect(told).toEqual(['StoreError: full', 'StoreError: locked'])
  tell(new Error('other'))
  tell(new Error('other'))
  expect(told.length).toBe(4)
  end()
  tell(new StoreError('full'))
  expect(told.length).toBe(5)
})
