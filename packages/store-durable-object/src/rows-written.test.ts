// The costs of docs/workers.md, counted in an object.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RowsWritten } from '../test/rows-worker.ts'
import { startWorkerd, type Workerd } from '../test/workerd.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/workers.md'), 'utf8')

let workerd: Workerd
beforeAll(async () => {
  workerd = await startWorkerd('rows-worker', { objects: { ROWS: 'Rows' } })
})
afterAll(() => workerd.close())

async function measure(count: number): Promise<RowsWritten> {
  return (await (await fetch(`${workerd.url}/?count=${count}`)).json()) as RowsWritten
}
const sumOf = ({ enqueue, claim, commit, erase }: RowsWritten) => enqueue + claim + commit + erase

/** The numbers that the page has where the pattern has groups. */
function numbersOf(pattern: RegExp): number[] {
  const [, ...groups] = pattern.exec(page) ?? []
  return groups.map(Number)
}

it('writes as many rows for one of many deliveries as the page says', async () => {
  const rows = await measure(100)
  const [sum, ...parts] = numbersOf(
    /\| (\d+): (\d+) stored, (\d+) claimed, (\d+) with the outcome, (\d+) erased/,
  )
  const { enqueue, claim, commit, erase } = rows
  expect([enqueue, claim, commit, erase].map(Math.floor)).toEqual(parts)
  expect(Math.floor(sumOf(rows))).toBe(sum)
  expect([Math.floor(rows.retry)]).toEqual(numbersOf(/retry adds an alarm, and (\d+) rows/))
})

it('writes no more for one that is alone', async () => {
  const rows = await measure(1)
  const [most = 0] = numbersOf(/rows written \| ≤ (\d+)/)
  // the page exaggerates little
  expect(sumOf(rows)).toBeLessThanOrEqual(most)
  expect(sumOf(rows)).toBeGreaterThan(most - 3)
  const [mostAgain = 0] = numbersOf(/or up to (\d+) where it is alone/)
  expect(rows.retry).toBeLessThanOrEqual(mostAgain)
  expect(rows.retry).toBeGreaterThan(mostAgain - 3)
})
