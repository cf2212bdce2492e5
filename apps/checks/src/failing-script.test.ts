import { expect, it } from 'vitest'
import { failingScript } from './failing-script.ts'

// an endpoint is held when 7 of 10 fail, and a kill may take away the successes of what was being sent
it.each([
  ['at random', Math.random],
  [
    'with the worst luck',
    (
      (turn) => () =>
        turn++ % 2 === 0 ? 0.99 : 0
    )(0),
  ],
])('fails one of five, and at most three of ten, %s', (_, random) => {
  const script = failingScript(1000, 200, random)
  const failures = script.map((status) => (status === 500 ? 1 : 0) as number)
  expect(failures.reduce((sum, one) => sum + one)).toBe(200)
  for (let start = 0; start <= 990; start += 1) {
    const ten = failures.slice(start, start + 10).reduce((sum, one) => sum + one)
    expect(ten).toBeLessThanOrEqual(3)
  }
})
