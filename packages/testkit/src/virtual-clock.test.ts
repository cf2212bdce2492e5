import { describe, expect, it } from 'vitest'
import { virtualClock } from './virtual-clock.ts'

describe('virtualClock', () => {
  it('fires timers that become due on the way, in order, each at its time', () => {
    const clock = virtualClock(1000)
    const fired: [string, number][] = []
    clock.after(20, () => fired.push(['second', clock.now()]))
    clock.after(10, () => {
      fired.push(['first', clock.now()])
      clock.after(5, () => fired.push(['inner', clock.now()]))
    })
    clock.after(30, () => fired.push(['later', clock.now()]))
    clock.advance(25)

    expect(fired).toEqual([
      ['first', 1010],
      ['inner', 1015],
      ['second', 1020],
    ])
    expect(clock.now()).toBe(1025)
  })

  it('does not fire a cancelled timer', () => {
    const clock = virtualClock()
    let fired = 0
    const cancel = clock.after(10, () => {
      fired += 1
    })
    cancel()
    clock.advance(10)
    expect(fired).toBe(0)
  })

  it('jumps to a time, and delays keep their length', () => {
    const clock = virtualClock(1000)
    let fired = 0
    clock.after(10, () => {
      fired += 1
    })
    clock.set(500)
    expect([clock.now(), fired]).toEqual([500, 0])
    clock.advance(9)
    expect(fired).toBe(0)
    clock.advance(1)
    expect([clock.now(), fired]).toEqual([510, 1])
  })
})
