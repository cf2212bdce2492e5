// The simulation runs the real scheduler: what it reports follows from the costs that it is given.
import { expect, it } from 'vitest'
import { simulate } from './simulation/simulate.ts'

const SCENE = {
  duration: 20_000,
  rate: 100,
  endpoints: 1000,
  dead: 0.01,
  owners: 20,
  processes: 2,
  concurrency: 64,
  costs: { claim: 2, enqueue: 0.1, send: 0.2, worker: 0.25 },
}

it('sends everything soon where the costs allow it, and dead endpoints hold up no other', async () => {
  const report = await simulate(SCENE)
  expect(report.stored).toBe(2000)
  // all but those of dead endpoints, and of the last moments
  expect(report.delivered).toBeGreaterThan(1900)
  expect(report.requests).toBeGreaterThanOrEqual(report.delivered)
  expect(report.rows).toBe(2 * report.stored + report.requests)
  expect(report.p50).toBeLessThanOrEqual(20)
  expect(report.p99).toBeLessThanOrEqual(100)
  expect(report.depth).toBeLessThan(100)
  expect(report.database).toBeGreaterThan(0)
})

it('falls behind where the database costs more than the time there is', async () => {
  const report = await simulate({ ...SCENE, costs: { ...SCENE.costs, send: 20 } })
  expect(report.depth).toBeGreaterThan(500)
  expect(report.p99).toBeGreaterThan(1000)
})
