import { expect, it } from 'vitest'
import { runSoak } from './soak/run-soak.ts'

it.each([
  ['callbacks', false],
  ['published webhooks', true],
])(
  'ends all deliveries of a steady load of %s, with memory and descriptors flat',
  {
    timeout: 90_000,
  },
  async (_, isPublishing) => {
    const { asked, first, last } = await runSoak({ seconds: 4, isPublishing })
    expect(asked).toBeGreaterThan(100)
    expect(last.delivered + last.dead).toBeGreaterThanOrEqual(asked)
    // the hosts of all rounds, and both ends of none
    expect(last.descriptors - first.descriptors).toBeLessThan(300)
    expect(last.heap - first.heap).toBeLessThan(30)
  },
)
