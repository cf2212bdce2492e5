import { describe, expect, it } from 'vitest'
import { dispatchRequest } from './dispatch-request.ts'
import { isGuardEffective } from './is-guard-effective.ts'

describe('isGuardEffective', () => {
  it('is true with the dispatchers of undici', async () => {
    expect(await isGuardEffective(dispatchRequest)).toBe(true)
  })

  it('is false where the dispatcher is ignored', async () => {
    expect(await isGuardEffective(() => Promise.reject(new TypeError('fetch failed')))).toBe(false)
  })
})
