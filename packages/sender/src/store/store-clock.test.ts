import { describe, expect, it } from 'vitest'
import { createStoreClock } from './store-clock.ts'

function setUp() {
  const system = { at: 1_000_000 }
  const clock = createStoreClock({ now: () => system.at })
  return { system, clock }
}

describe('createStoreClock', () => {
  it('goes on from where it was when the system is set back by an hour', () => {
    const { system, clock } = setUp()
    system.at += 5000
    expect(clock.now()).toBe(1_005_000)
    system.at -= 3_600_000
    expect(clock.now()).toBe(1_005_000)
    system.at += 1000
    expect(clock.now()).toBe(1_005_950)
    expect(clock.wall()).toBe(system.at)
  })

  it('is level with the system again after twenty times as long', () => {
    const { system, clock } = setUp()
    system.at -= 1000
    clock.now()
    system.at += 20_000
    expect(clock.now()).toBe(system.at)
  })

  it('catches up with a time that another process has written, and never goes back', () => {
    const { clock } = setUp()
    clock.catchUp(1_600_000)
    expect(clock.now()).toBe(1_600_000)
    clock.catchUp(1_500_000)
    expect(clock.now()).toBe(1_600_000)
  })
})
