import { describe, expect, it } from 'vitest'
import { isForgettable, isHeld, judgeEndpoint, WELL } from './endpoint-health.ts'

const MINUTE = 60_000

/** An endpoint whose requests are judged one after the other. */
function setUp() {
  const time = { now: 1_700_000_000_000 }
  let health = WELL
  const judge = (
    verdict: 'well' | 'failing' | 'unrelated',
    { isProbe = false, pause = 0 } = {},
  ) => {
    health = judgeEndpoint(health, { verdict, pause }, { isProbe, now: time.now })
    return health
  }
  const many = (verdict: 'well' | 'failing', times: number) => {
    for (let n = 0; n < times; n += 1) judge(verdict)
    return isHeld(health, time.now)
  }
  return {
    time,
    judge,
    fail: (n: number) => many('failing', n),
    pass: (n: number) => many('well', n),
  }
}

describe('judgeEndpoint', () => {
  it('holds an endpoint for a minute after ten requests that all fail, and not after nine', () => {
    const { time, fail, judge } = setUp()
    expect(fail(9)).toBe(false)
    expect(judge('failing')).toMatchObject({ heldUntil: time.now + MINUTE })
  })

  it('holds it when 70 % fail from the first failure on, and not below', () => {
    const { fail, pass } = setUp()
    expect([pass(100), fail(1), pass(4), fail(8)]).toEqual([false, false, false, false]) // 9 of 13
    expect(fail(1)).toBe(true) // 10 of 14 are 71 %
  })

  it('counts the last five minutes only', () => {
    const { time, fail } = setUp()
    fail(9)
    time.now += 5 * MINUTE
    expect(fail(1)).toBe(false)
    time.now += 4 * MINUTE
    expect(fail(8)).toBe(false)
    expect(fail(1)).toBe(true)
  })

  it('gives the same object while an endpoint is well, so that a store need not write it', () => {
    expect(judgeEndpoint(WELL, { verdict: 'well' }, { isProbe: false, now: 1 })).toBe(WELL)
    expect(judgeEndpoint(WELL, { verdict: 'unrelated' }, { isProbe: false, now: 1 })).toBe(WELL)
    const { time, judge, fail } = setUp()
    fail(3)
    time.now += 6 * MINUTE
    expect(judge('well')).toEqual(WELL)
  })

  it('holds twice as long after each probe that fails, up to an hour', () => {
    const { time, judge, fail } = setUp()
    fail(10)
    const waits = Array.from({ length: 8 }, () => {
      const { heldUntil = 0 } = judge('failing', { isProbe: true })
      const wait = heldUntil - time.now
      time.now = heldUntil
      return wait / MINUTE
    })
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('holds for a minute again when the last hold is long past', () => {
    const { time, judge, fail } = setUp()
    fail(10)
    judge('failing', { isProbe: true })
    time.now += 3 * 60 * MINUTE
    expect(judge('failing', { isProbe: true })).toMatchObject({ heldUntil: time.now + 2 * MINUTE })
  })

  it('closes after a successful probe, sends slowly for a minute, and counts from zero', () => {
    const { time, judge, fail } = setUp()
    fail(10)
    judge('failing', { isProbe: true })
    expect(judge('well', { isProbe: true })).toEqual({ pacedUntil: time.now + MINUTE })
    expect(fail(9)).toBe(false)
    expect(judge('failing')).toEqual({ heldUntil: time.now + MINUTE, coolDown: MINUTE })
  })

  it('probes again after a failure on our side', () => {
    const { time, judge } = setUp()
    expect(judge('unrelated', { isProbe: true })).toEqual({ heldUntil: time.now })
  })

  it.each([
    [90_000, 90_000],
    [10 * 24 * 60 * MINUTE, 24 * 60 * MINUTE],
  ])('holds an endpoint that asked for a pause of %i, at most for a day', (pause, wait) => {
    const { time, judge } = setUp()
    expect(judge('failing', { pause })).toEqual({ heldUntil: time.now + wait })
  })
})

describe('isForgettable', () => {
  it('is an endpoint that is well, or whose last failure is five minutes ago', () => {
    const { time, judge } = setUp()
    expect(isForgettable(judge('well'), time.now)).toBe(true)
    const failed = judge('failing')
    expect(isForgettable(failed, time.now + 3 * MINUTE)).toBe(false)
    expect(isForgettable(failed, time.now + 6 * MINUTE)).toBe(true)
  })

  it('is not one whose next hold would be longer, until two hours after it', () => {
    const { time, judge, fail } = setUp()
    fail(10)
    const held = judge('failing', { isProbe: true })
    expect(isForgettable(held, time.now + 100 * MINUTE)).toBe(false)
    expect(isForgettable(held, time.now + 123 * MINUTE)).toBe(true)
  })

  it('is not one that is paced', () => {
    const { time, judge, fail } = setUp()
    fail(10)
    const paced = judge('well', { isProbe: true })
    expect(isForgettable(paced, time.now + MINUTE / 2)).toBe(false)
    expect(isForgettable(paced, time.now + MINUTE)).toBe(true)
  })
})
