import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepSending } from './keep-sending.ts'

const NOW = 1_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

/** An object whose sender gives these results, one after the other. */
function setUp(...results: readonly (() => Promise<{ sent: number; nextAt?: number }>)[]) {
  const alarms: (number | undefined)[] = []
  const errors: unknown[] = []
  let drained = 0
  let written = 0
  const sending = keepSending({
    storage: {
      setAlarm: async (time) => void alarms.push(time),
      deleteAlarm: async () => void alarms.push(undefined),
    },
    sender: () => ({
      sendDue: () => {
        drained += 1
        return results[drained - 1]?.() ?? Promise.resolve({ sent: 0 })
      },
    }),
    writeCounts() {
      written += 1
      if (written > 1) throw new Error('full')
    },
    onError: (error) => errors.push(error),
  })
  return { alarms, errors, sending, drained: () => drained, written: () => written }
}

describe('keepSending', () => {
  it('sets an alarm before it sends, and none once nothing is left', async () => {
    const { alarms, sending } = setUp()
    sending.wake()
    expect(alarms).toEqual([NOW + 3000])
    await vi.advanceTimersByTimeAsync(0)
    expect(alarms).toEqual([NOW + 3000, undefined])
  })

  it('sets the alarm to when something is due', async () => {
    const { alarms, sending } = setUp(async () => ({ sent: 1, nextAt: NOW + 60_000 }))
    sending.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(alarms.at(-1)).toBe(NOW + 60_000)
  })

  it('keeps the alarm ahead while a request hangs, and claims again each time', async () => {
    const hanging = new Promise<{ sent: number }>(() => {})
    const { alarms, sending, drained } = setUp(
      () => hanging,
      () => hanging,
    )
    sending.wake()
    await vi.advanceTimersByTimeAsync(3000)
    sending.onAlarm()
    sending.wake()
    expect(alarms).toEqual([NOW + 3000, NOW + 6000])
    expect(drained()).toBe(2)
  })

  it('keeps the alarm ahead of a change that waits, though nothing else is left to send', async () => {
    const { alarms, sending, drained } = setUp()
    let make = () => {}
    const made = sending.during(
      () =>
        new Promise<void>((resolve) => {
          make = resolve
        }),
    )
    sending.wake()
    await vi.advanceTimersByTimeAsync(10)
    expect([alarms, drained()]).toEqual([[NOW + 3000], 1])
    make()
    await made
    await vi.advanceTimersByTimeAsync(0)
    expect([alarms, drained()]).toEqual([[NOW + 3000, undefined], 2])
  })

  it('sends after a change that failed as well, and rejects with its error', async () => {
    const { alarms, sending, drained } = setUp()
    await expect(sending.during(() => Promise.reject(new Error('large')))).rejects.toThrow('large')
    await vi.advanceTimersByTimeAsync(0)
    expect([alarms, drained()]).toEqual([[NOW + 3000, undefined], 1])
  })

  it('writes one alarm for many changes at about the same time', async () => {
    const { alarms, sending } = setUp()
    for (let n = 0; n < 10; n += 1) sending.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(alarms).toEqual([NOW + 3000, undefined])
  })

  it('has the counts written a second after its work, once for all, and reports a failure', async () => {
    const { errors, sending, written } = setUp()
    for (let n = 0; n < 3; n += 1) {
      sending.wake()
      await vi.advanceTimersByTimeAsync(300)
    }
    expect(written()).toBe(0)
    await vi.advanceTimersByTimeAsync(1000)
    expect([written(), errors]).toEqual([1, []])
    sending.wake()
    await vi.advanceTimersByTimeAsync(1000)
    expect([written(), errors]).toEqual([2, [new Error('full')]])
  })

  it('never throws: a store that fails is tried again by an alarm', async () => {
    const { alarms, errors, sending } = setUp(() => Promise.reject(new Error('full')))
    sending.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(errors).toEqual([new Error('full')])
    expect(alarms.at(-1)).toBe(NOW + 30_000)
  })
})
