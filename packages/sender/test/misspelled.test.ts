// A misspelled filter selects nothing, where it would select the deliveries of everybody.
import { describe, expect, it } from 'vitest'
import { guardedFetch } from '../src/transport/node/index.ts'
import { message } from './message.ts'
import { scene } from './scene.ts'

describe('a misspelled member', () => {
  it.each(['deliveries', 'forget', 'cancel', 'redrive'] as const)(
    'of the filter of %s is refused, and nothing changes',
    async (method) => {
      const { sender, callbacks, receiver } = await scene([])
      const { id } = await callbacks.send(message(receiver.url))
      // JavaScript knows no types
      const wrong = { ownr: 'ann' } as never
      const asked = {
        deliveries: () => sender.deliveries(wrong),
        forget: () => sender.forget(wrong),
        cancel: () => sender.cancel(id, wrong),
        redrive: () => sender.redrive(id, wrong),
      }[method]
      await expect(asked()).rejects.toMatchObject({
        code: 'option',
        message: `${method} has no option 'ownr': did you mean 'owner'?`,
      })
      expect(await sender.deliveries({ state: 'scheduled' })).toHaveLength(1)
    },
  )

  it.each([
    [{ allowLoopback: true }, 'write guardedFetch({ policy: { allowLoopback: … } })'],
    [{ polcy: {} }, 'its options are policy, resolve, proxy, connections'],
  ])('of guardedFetch is refused: %j', (options, remedy) => {
    expect(() => guardedFetch(options as never)).toThrow(
      expect.objectContaining({ code: 'policy', message: expect.stringContaining(remedy) }),
    )
  })
})
