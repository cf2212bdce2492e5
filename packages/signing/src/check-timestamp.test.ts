import { describe, expect, it } from 'vitest'
import { withCode } from '../test/fixtures.ts'
import { checkTimestamp } from './check-timestamp.ts'

const clock = { now: 1614265330, tolerance: 300 }

describe('checkTimestamp', () => {
  it.each([-300, -1, 0, 1, 300])('accepts a timestamp %i s from now', (distance) => {
    expect(() => checkTimestamp(String(clock.now + distance), clock)).not.toThrow()
  })

  it('refuses one second more, and says which way', () => {
    expect(() => checkTimestamp(String(clock.now - 301), clock)).toThrow(withCode('too-old'))
    expect(() => checkTimestamp(String(clock.now + 301), clock)).toThrow(withCode('too-new'))
    expect(() => checkTimestamp('999999999999999', clock)).toThrow(withCode('too-new'))
  })

  it('accepts any timestamp with a tolerance of Infinity', () => {
    expect(() =>
      checkTimestamp('0', { ...clock, tolerance: Number.POSITIVE_INFINITY }),
    ).not.toThrow()
  })

  it('accepts no other second with a tolerance of 0', () => {
    expect(() => checkTimestamp('1614265330', { ...clock, tolerance: 0 })).not.toThrow()
    expect(() => checkTimestamp('1614265329', { ...clock, tolerance: 0 })).toThrow()
  })

  it.each([
    '',
    ' 1614265330',
    '1614265330 ',
    '1614265330\n',
    '1614265330junk',
    '1614265330.5',
    '1.6e9',
    '0x6037bd72',
    '+1614265330',
    '-1',
    '1614265330, 1614265330',
    '١٦١٤٢٦٥٣٣٠',
    '1'.repeat(16),
    'NaN',
    'Infinity',
  ])('refuses %j', (timestamp) => {
    expect(() => checkTimestamp(timestamp, clock)).toThrow(withCode('malformed-header'))
  })

  it.each([
    { now: Number.NaN },
    { now: Number.POSITIVE_INFINITY },
    { tolerance: Number.NaN },
    { tolerance: -1 },
  ])('refuses the clock %j rather than check nothing', (patch) => {
    expect(() => checkTimestamp('1614265330', { ...clock, ...patch })).toThrow(withCode('bad-time'))
  })
})
