import { describe, expect, it } from 'vitest'
import { scriptedResolver } from './scripted-resolver.ts'

describe('scriptedResolver', () => {
  it('returns one result after the other, and repeats the last', async () => {
    const { hostnames, resolve } = scriptedResolver(['127.0.0.1'], ['10.0.0.1', '::1'])
    expect(await resolve('a.example')).toEqual([{ address: '127.0.0.1', family: 4 }])
    const second = [
      { address: '10.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]
    expect(await resolve('b.example')).toEqual(second)
    expect(await resolve('b.example')).toEqual(second)
    expect(hostnames).toEqual(['a.example', 'b.example', 'b.example'])
  })

  it('fails with a scripted code, and as an unknown name without a script', async () => {
    const failing = scriptedResolver({ error: 'EAI_AGAIN' }, ['127.0.0.1'])
    await expect(failing.resolve('a.example')).rejects.toMatchObject({ code: 'EAI_AGAIN' })
    expect(await failing.resolve('a.example')).toHaveLength(1)
    await expect(scriptedResolver().resolve('a.example')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    })
  })
})
