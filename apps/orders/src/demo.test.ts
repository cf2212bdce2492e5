import { expect, it } from 'vitest'
import { runDemo } from './demo.ts'

it('delivers every callback of every order, though a worker is killed', {
  timeout: 150_000,
}, async () => {
  const { deliveredBy, received } = await runDemo(20)
  expect(received).toBe(40)
  const { 'worker 1': killed = 0, 'worker 2': other = 0 } = deliveredBy
  expect(other).toBeGreaterThan(0)
  // what the killed worker had sent without a record is sent again
  expect(killed + other).toBeGreaterThanOrEqual(36)
})
