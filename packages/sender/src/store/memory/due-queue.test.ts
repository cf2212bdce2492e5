import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDueQueue } from './due-queue.ts'

describe('createDueQueue', () => {
  it('gives items in the order in which they are due, then in that of their pushes', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(20))), (steps) => {
        const queue = createDueQueue<string>()
        // sorted by time, and stable
        const model: { at: number; item: string }[] = []
        for (const [index, at] of steps.entries()) {
          if (at === null) {
            expect(queue.pop()?.item).toBe(model.shift()?.item)
          } else {
            const item = `item ${index}`
            queue.push(at, item)
            model.push({ at, item })
            model.sort((a, b) => a.at - b.at)
          }
          expect(queue.peek()?.item).toBe(model[0]?.item)
        }
        for (const due of model) expect(queue.pop()).toMatchObject(due)
        expect(queue.pop()).toBeUndefined()
      }),
    )
  })
})
