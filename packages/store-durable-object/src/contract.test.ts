// The store contract, inside workerd.
import { storeContract } from '@ringback/testkit/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorkerd, type Workerd } from '../test/workerd.ts'

describe('a store in a Durable Object', () => {
  let workerd: Workerd
  beforeAll(async () => {
    workerd = await startWorkerd('contract-worker', { objects: { STORE: 'Store' } })
  })
  afterAll(() => workerd.close())

  it.each(storeContract(() => ({}) as never).map(({ name }, index) => ({ name, index })))(
    '$name',
    async ({ index }) => {
      const response = await fetch(`${workerd.url}/?case=${index}`)
      expect(await response.text()).toBe('')
    },
  )
})
