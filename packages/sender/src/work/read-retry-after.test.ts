import { describe, expect, it } from 'vitest'
import { readRetryAfter } from './read-retry-after.ts'

const now = Date.parse('Sun, 22 Nov 2026 12:00:00 GMT')

function read(headers: Record<string, string>) {
  return readRetryAfter(new Headers(headers), now)
}

describe('readRetryAfter', () => {
  it.each([
    ['120', 120_000],
    [' 7 ', 7000],
    ['0', 0],
    ['Sun, 22 Nov 2026 12:01:00 GMT', 60_000],
  ])('reads %j', (value, expected) => {
    expect(read({ 'retry-after': value })).toBe(expected)
  })

  it.each([
    '',
    '-1',
    '1.5',
    '1e309',
    '99999999999',
    'soon',
    'Sun, 22 Nov 2026 11:59:00 GMT',
    '2026-11-22T12:01:00Z',
    'Sun, 99 Nov 2026 12:01:00 GMT',
  ])('ignores %j', (value) => {
    expect(read({ 'retry-after': value })).toBeUndefined()
  })

  it("counts from the response's own clock", () => {
    const headers = {
      'retry-after': 'Sun, 22 Nov 2026 15:01:00 GMT',
      date: 'Sun, 22 Nov 2026 15:00:00 GMT',
    }
    expect(read(headers)).toBe(60_000)
  })

  it('gives nothing without the header', () => {
    expect(read({})).toBeUndefined()
  })
})
