import { expect, it } from 'vitest'
import { runSoak } from './soak/run-soak.ts'

it('ends all deliveries of a steady load, with memory and descriptors flat', {
  timeout: 60_000,
}, async () => {
  const { asked, first, last } = await runSoak({ seconds: 6 })
  expect(asked).toBeGreaterThan(1000)
  expect(last.delivered + last.dead).toBeGreaterThanOrEqual(asked)
  expect(last.dead).toBeGreaterThan(0)
  // the hosts of all rounds, and both ends of none
  expect(last.descriptors - first.descriptors).toBeLessThan(300)
  expect(last.heap - first.heap).toBeLessThan(60)
})
