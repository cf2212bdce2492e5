import { describe, expect, it } from 'vitest'
import { scriptedResolver } from './scripted-resolver.ts'

describe('scriptedResolver', () => {
  it('gives one answer after the other, and repeats the last', async () => {
    const { asked, resolve } = scriptedResolver(['127.0.0.1'], ['10.0.0.1', '::1'])
    expect(await resolve('a.example')).toEqual([{ address: '127.0.0.1', family: 4 }])
    const second = [
      { address: '10.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]
    expect(await resolve('b.example')).toEqual(second)
    expect(await resolve('b.example')).toEqual(second)
    expect(asked).toEqual(['a.example', 'b.example', 'b.example'])
  })

  it('fails with a code, and without an answer as an unknown name', async () => {
    const failing = scriptedResolver({ error: 'EAI_AGAIN' }, ['127.0.0.1'])
    await expect(failing.resolve('a.example')).rejects.toMatchObject({ code: 'EAI_AGAIN' })
    expect(await failing.resolve('a.example')).toHaveLength(1)
    await expect(scriptedResolver().resolve('a.example')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    })
  })
})
