import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSealedBy, reseal, type SealContext, seal, unseal } from './sealed.ts'

const [older, newer, unknown] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [
  Uint8Array<ArrayBuffer>,
  Uint8Array<ArrayBuffer>,
  Uint8Array<ArrayBuffer>,
]
const context: SealContext = { endpointId: 'ep_1', purpose: 'secret' }

describe('seal', () => {
  it('opens to the text, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        expect(await unseal([older], await seal(older, text, context), context)).toBe(text)
      }),
      { numRuns: 50 },
    )
  })

  it('has a nonce of its own, and nothing of the text or the key', async () => {
    const texts = await Promise.all([1, 2].map(() => seal(older, 'whsec_hunter2', context)))
    expect(texts[0]).not.toBe(texts[1])
    for (const text of texts) {
      expect(text).toMatch(/^v1:/)
      expect(text).not.toContain('hunter2')
      expect(text).not.toContain(Buffer.from('whsec_hunter2').toString('base64').slice(0, 12))
      expect(text).not.toContain(Buffer.from(older).toString('base64').slice(0, 12))
    }
  })

  it('opens with the key that sealed it, among several', async () => {
    const sealed = await seal(older, 'a', context)
    expect(await unseal([newer, older], sealed, context)).toBe('a')
    await expect(unseal([newer, unknown], sealed, context)).rejects.toMatchObject({
      code: 'secret',
      message: expect.stringMatching(/the secret of the endpoint 'ep_1'.*add the older key/),
    })
  })

  it.each<[string, SealContext]>([
    ['of another endpoint', { ...context, endpointId: 'ep_2' }],
    ['of another field', { ...context, purpose: 'headers' }],
  ])('does not open as that %s', async (_, other) => {
    const sealed = await seal(older, 'a', context)
    await expect(unseal([older], sealed, other)).rejects.toMatchObject({ code: 'secret' })
  })

  it('does not open once a character was changed', async () => {
    const sealed = await seal(older, 'a long enough text', context)
    const start = sealed.lastIndexOf(':') + 1
    const changed = `${sealed.slice(0, start)}${sealed[start] === 'A' ? 'B' : 'A'}${sealed.slice(start + 1)}`
    for (const text of [changed, '', 'v1', 'plain', 'v1:a:b:*']) {
      await expect(unseal([older], text, context)).rejects.toMatchObject({ code: 'secret' })
    }
  })
})

describe('reseal', () => {
  it('seals under the newest key, and leaves what it sealed already', async () => {
    const before = await seal(older, 'a', context)
    const after = await reseal([newer, older], before, context)
    expect([await isSealedBy(newer, before), await isSealedBy(newer, after)]).toEqual([false, true])
    expect(await unseal([newer], after, context)).toBe('a')
    expect(await reseal([newer, older], after, context)).toBe(after)
  })

  it('rejects what none of the keys sealed', async () => {
    const sealed = await seal(unknown, 'a', context)
    await expect(reseal([newer, older], sealed, context)).rejects.toMatchObject({ code: 'secret' })
  })
})
