import { describe, expect, it } from 'vitest'
import { isUsualPort } from './is-usual-port.ts'

describe('isUsualPort', () => {
  it.each([443, 1024, 3000, 8080, 8443, 65535])('allows %i', (port) => {
    expect(isUsualPort(port, false)).toBe(true)
  })

  it.each([
    0,
    1,
    22,
    25,
    80,
    1023,
    2375,
    2376,
    3306,
    5432,
    6000,
    6379,
    9200,
    10250,
    11211,
    27017,
    65536,
    -1,
    Number.NaN,
  ])('refuses %i', (port) => {
    expect(isUsualPort(port, false)).toBe(false)
  })

  it('allows 80 with http, and no other port besides', () => {
    expect(isUsualPort(80, true)).toBe(true)
    expect(isUsualPort(81, true)).toBe(false)
    expect(isUsualPort(6379, true)).toBe(false)
  })
})
