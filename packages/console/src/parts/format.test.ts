import { describe, expect, it } from 'vitest'
import { drawBars, drawSteps } from './draw.ts'
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatTime,
} from './format.ts'

describe('format', () => {
  it('writes counts, shares and sizes', () => {
    expect(formatCount(1234567)).toBe('1,234,567')
    expect([undefined, 0, 0.5, 0.9996, 1].map(formatShare)).toEqual([
      '–',
      '0 %',
      '50 %',
      '99.9 %',
      '100 %',
    ])
    expect([0, 1023, 1536, 1048576].map(formatBytes)).toEqual(['0 B', '1023 B', '1.5 KiB', '1 MiB'])
  })

  it('writes durations in one or two units', () => {
    const given = [undefined, 0, 37.4, 999, 1234, 59_940, 60_000, 125_000, 7_500_000, 90_000_000]
    expect(given.map(formatDuration)).toEqual([
      ...['–', '0 ms', '37 ms', '999 ms', '1.2 s', '59.9 s'],
      ...['1 min', '2 min 5 s', '2 h 5 min', '1 d 1 h'],
    ])
  })

  it('writes times of UTC, and how long ago they were', () => {
    expect(formatTime(Date.UTC(2026, 10, 26, 17, 55, 31))).toBe('2026-11-26 17:55:31')
    expect(formatTime(8.64e15)).toBe('never')
    expect([0, 4000, 240_000, 7_200_000].map((age) => formatAge(1e12 - age, 1e12))).toEqual([
      'now',
      '4 s ago',
      '4 min ago',
      '2 h ago',
    ])
    expect(formatAge(1e12 + 61_000, 1e12)).toBe('in 1 min')
  })
})

describe('draw', () => {
  it('draws a bar for each value, on others', () => {
    expect(drawBars([0, 2, 4], { most: 4 })).toBe('M88 59V30h64V59ZM168 59V1h64V59Z')
    expect(drawBars([2, 4], { most: 4, from: [2, 2] })).toBe('M132 30V1h96V30Z')
    expect(drawBars([0, 0], { most: 0 })).toBe('')
  })

  it('draws steps with gaps, and on a logarithmic axis', () => {
    expect(drawSteps([1, undefined, 0, 1], { most: 1 })).toBe('M0 1h60M120 59h60L180 1h60')
    expect(drawSteps([100, 1, 0.5], { most: 10_000, isLogarithmic: true })).toBe(
      'M0 30h80L80 59h80L160 59h80',
    )
    expect(drawSteps([undefined], { most: 0 })).toBe('')
  })
})
