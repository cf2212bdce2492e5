import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyrings, PRIVATE_KEY, PUBLIC_KEY, SECRET, withCode } from '../test/fixtures.ts'
import type { Key } from './backend.ts'
import { decodeBase64 } from './base64.ts'
import { createKeyring } from './keyring.ts'
import { chooseBackend } from './platform.ts'
import { createSignedContent } from './signed-content.ts'

const content = createSignedContent('msg_1', '1614265330', 'hi')
const bodies = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }))

describe('the backends', () => {
  it.each([
    ['v1', SECRET],
    ['v1a', PRIVATE_KEY],
  ])('give the same %s signature, and each accepts the other’s', async (_, secret) => {
    const keys = keyrings.map(([, keyring]) => keyring(secret, 0))
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const signed = createSignedContent('msg_1', '1614265330', body)
        const [first = '', second] = await Promise.all(keys.map((key) => key.sign?.(signed)))
        expect(second).toBe(first)
        for (const key of keys) expect(await key.verify(signed, [bytesOf(first)])).toBe(true)
      }),
    )
  })
})

describe.each(keyrings)('a key of %s', (_, keyring) => {
  it.each([
    ['v1', SECRET],
    ['v1a', PRIVATE_KEY],
  ])('finds its %s signature anywhere in the list', async (_, secret) => {
    const key = keyring(secret, 0)
    const signature = bytesOf(await signatureOf(key))
    const wrong = signature.map((byte) => byte ^ 1)
    expect(await key.verify(content, [wrong, wrong, signature])).toBe(true)
    expect(await key.verify(content, [wrong, wrong])).toBe(false)
  })

  it('cannot sign when it is public', () => {
    expect(keyring(PUBLIC_KEY, 0).sign).toBeUndefined()
  })

  it('refuses a pair whose halves do not belong together, to sign and to verify', async () => {
    const bytes = Buffer.from(PRIVATE_KEY.slice(5), 'base64')
    const mixed = Buffer.concat([bytes.subarray(0, 32).reverse(), bytes.subarray(32)])
    const secret = `whsk_${mixed.toString('base64')}`
    const use = (run: (key: Key) => unknown) => async () => run(keyring(secret, 0))

    await expect(use((key) => key.sign?.(content))).rejects.toThrow(withCode('bad-secret'))
    await expect(use((key) => key.verify(content, [new Uint8Array(64)]))).rejects.toThrow(
      withCode('bad-secret'),
    )
  })
})

describe('a key of Web Crypto', () => {
  it('signs the body as it was at the call', async () => {
    const body = new Uint8Array([1, 2, 3])
    const key = createKeyring(chooseBackend({ crypto }))(SECRET, 0)
    const pending = key.sign?.(createSignedContent('msg_1', '1614265330', body))
    body.fill(0)
    const before = createSignedContent('msg_1', '1614265330', new Uint8Array([1, 2, 3]))
    expect(await pending).toBe(await key.sign?.(before))
  })

  it('fails if the runtime has no ed25519, and asks it again the next time', async () => {
    let asked = 0
    const importKey = async () => {
      asked += 1
      throw new DOMException('Unrecognized name.', 'NotSupportedError')
    }
    // the only call that is reached
    const subtle = { importKey } as unknown as SubtleCrypto
    const key = createKeyring(chooseBackend({ crypto: { subtle } }))(PRIVATE_KEY, 0)

    await expect(signatureOf(key)).rejects.toThrow(withCode('unsupported'))
    await expect(signatureOf(key)).rejects.toThrow(withCode('unsupported'))
    expect(asked).toBe(2)
  })
})

async function signatureOf(key: Key): Promise<string> {
  return (await key.sign?.(content)) ?? ''
}

function bytesOf(signature: string): Uint8Array<ArrayBuffer> {
  return decodeBase64(signature) ?? new Uint8Array()
}
