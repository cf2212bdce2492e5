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
    ['Sunday, 22-Nov-26 12:01:00 GMT', 60_000],
    ['Sun Nov 22 12:01:00 2026', 60_000],
    ['Tue Dec  1 12:00:00 2026', 9 * 86_400_000],
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
    'Sunday, 22-Nov-94 12:01:00 GMT',
    'Sunday, 22-Nov-26 12:01:00',
    'Sun, 31 Feb 2027 12:01:00 GMT',
    'Sun, 22 Nix 2027 12:01:00 GMT',
    'Sun Nov 22 25:01:00 2026',
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

  it.each(['Sunday, 22-Nov-26 15:00:00 GMT', 'Sun Nov 22 15:00:00 2026'])(
    "counts from the response's own clock, also as %j",
    (date) => {
      expect(read({ 'retry-after': 'Sun, 22 Nov 2026 15:01:00 GMT', date })).toBe(60_000)
    },
  )

  it('gives nothing without the header', () => {
    expect(read({})).toBeUndefined()
  })
})
