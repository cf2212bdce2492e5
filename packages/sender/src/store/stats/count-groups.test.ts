import { describe, expect, it } from 'vitest'
import { createCountGroups } from './count-groups.ts'
import { rollUpGroups, selectGroups, sumGroups } from './read-groups.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 0, 10, 12)
const delivered = { state: 'delivered', owner: 'ann', callback: 'paid', createdAt: 0 } as const
const endpoint = 'https://a.example'

function countOf(groups: ReturnType<typeof createCountGroups>, since: number) {
  return sumGroups(selectGroups(groups, { since }), { since })
}

describe('createCountGroups', () => {
  it('adds minutes to hours and hours to days as they grow old, and loses nothing for a month', () => {
    const groups = createCountGroups()
    for (let minute = 0; minute < 120; minute += 1) {
      groups.countEnd({ ...delivered, endpoint }, NOON + minute * MINUTE)
    }
    expect(groups.size).toBe(120)
    rollUpGroups(groups, NOON + 2 * HOUR)
    expect(groups.size).toBe(120)
    rollUpGroups(groups, NOON + 4 * HOUR)
    expect(groups.size).toBe(61)
    expect(countOf(groups, NOON + 30 * MINUTE)).toEqual({
      since: NOON,
      counts: new Map([['end delivered', 120]]),
    })
    rollUpGroups(groups, NOON + 5 * DAY)
    expect(groups.size).toBe(1)
    expect(countOf(groups, NOON + HOUR).since).toBe(NOON - 12 * HOUR)
    rollUpGroups(groups, NOON + 30 * DAY)
    expect(countOf(groups, NOON).counts.get('end delivered')).toBe(120)
    rollUpGroups(groups, NOON + 33 * DAY)
    expect(groups.size).toBe(0)
  })

  it('selects by owner, callback and endpoint, and what ended before is not counted', () => {
    const groups = createCountGroups()
    groups.countEnd({ ...delivered, endpoint }, NOON)
    groups.countEnd({ ...delivered, owner: 'bob' }, NOON)
    groups.countEnd({ ...delivered, callback: 'sent' }, NOON + MINUTE)
    const count = (filter: object) => selectGroups(groups, { since: NOON, ...filter }).length
    expect(count({})).toBe(3)
    expect(count({ owner: 'ann' })).toBe(2)
    expect(count({ callback: 'paid' })).toBe(2)
    expect(count({ endpoint })).toBe(1)
    expect(count({ since: NOON + MINUTE })).toBe(1)
  })

  it('keeps the endpoints of strangers from filling the memory, and their counts', () => {
    const groups = createCountGroups()
    for (let n = 0; n < 50_000; n += 1) {
      groups.countEnd({ ...delivered, endpoint: `https://${n}.example` }, NOON)
    }
    expect(groups.size).toBeLessThanOrEqual(20_001)
    expect(countOf(groups, NOON).counts.get('end delivered')).toBe(50_000)
  })

  it('tells names with spaces apart', () => {
    const groups = createCountGroups()
    groups.countEnd({ ...delivered, callback: 'a b', owner: 'c' }, NOON)
    groups.countEnd({ ...delivered, callback: 'a', owner: ' bc' }, NOON)
    groups.countEnd({ ...delivered, callback: 'a b', owner: ' c' }, NOON)
    expect(groups.size).toBe(3)
  })
})
