import { expect, it } from 'vitest'
import { runSoak } from './soak/run-soak.ts'

it('ends all deliveries of a steady load, with memory and descriptors flat', {
  timeout: 90_000,
}, async () => {
  const { asked, first, last } = await runSoak({ seconds: 4 })
  expect(asked).toBeGreaterThan(100)
  expect(last.delivered + last.dead).toBeGreaterThanOrEqual(asked)
  // the hosts of all rounds, and both ends of none
  expect(last.descriptors - first.descriptors).toBeLessThan(300)
  expect(last.heap - first.heap).toBeLessThan(60)
})
