import { describe, expect, it } from 'vitest'
import { systemResolve } from './resolve.ts'

describe('systemResolve', () => {
  it('gives the addresses of a name, each with its family', async () => {
    const addresses = await systemResolve('localhost')

    expect(addresses.length).toBeGreaterThan(0)
    for (const each of addresses) {
      expect(each).toEqual(
        each.family === 6 ? { address: '::1', family: 6 } : { address: '127.0.0.1', family: 4 },
      )
    }
  })
})
