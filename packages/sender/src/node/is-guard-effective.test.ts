import { request } from 'undici/index.js'
import { describe, expect, it } from 'vitest'
import { isGuardEffective } from './is-guard-effective.ts'

describe('isGuardEffective', () => {
  it('is true with the request of undici', async () => {
    expect(await isGuardEffective(request)).toBe(true)
  })

  it('is false with a request that ignores the dispatcher', async () => {
    expect(await isGuardEffective(() => Promise.reject(new TypeError('fetch failed')))).toBe(false)
  })
})
