import { fetch } from 'undici/index.js'
import { describe, expect, it } from 'vitest'
import { isGuardEffective } from './is-guard-effective.ts'

describe('isGuardEffective', () => {
  it('is true with the fetch of undici', async () => {
    expect(await isGuardEffective(fetch)).toBe(true)
  })

  it('is false with a fetch that ignores the dispatcher', async () => {
    expect(await isGuardEffective(() => Promise.reject(new TypeError('fetch failed')))).toBe(false)
  })
})
