import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueQueue } from './due-queue.ts'

describe('dueQueue', () => {
  it('gives what is due earliest first, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(20))), (steps) => {
        const queue = dueQueue<string>()
        const model: number[] = []
        for (const at of steps) {
          if (at === null) {
            expect(queue.pop()?.at).toBe(model.shift())
          } else {
            queue.push(at, `item ${at}`)
            model.push(at)
            model.sort((a, b) => a - b)
          }
          expect(queue.peek()?.at).toBe(model[0])
        }
        for (const at of model) expect(queue.pop()).toEqual({ at, item: `item ${at}` })
        expect(queue.pop()).toBeUndefined()
      }),
    )
  })
})
