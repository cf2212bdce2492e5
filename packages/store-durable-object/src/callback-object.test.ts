import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorkerd, type Workerd } from '../test/workerd.ts'

let workerd: Workerd
beforeAll(async () => {
  workerd = await startWorkerd('repeat-worker', { objects: { CALLBACKS: 'Callbacks' } })
})
afterAll(() => workerd.close())

it('stores a delivery once, though its call is repeated before the first one is written', async () => {
  const [first, again] = (await (await fetch(workerd.url)).json()) as [unknown, unknown]
  expect(first).toMatchObject({ value: { kind: 'stored', delivery: { state: 'scheduled' } } })
  expect(again).toEqual(first)
})
