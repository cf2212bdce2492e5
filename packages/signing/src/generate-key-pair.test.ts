import { expect, it } from 'vitest'
import { generateKeyPair } from './generate-key-pair.ts'
import { sign } from './sign.ts'
import { verify } from './verify.ts'

it('makes a pair that signs and verifies, and another one each time', async () => {
  const [own, other] = [await generateKeyPair(), await generateKeyPair()]
  expect(own.privateKey).toMatch(/^whsk_[A-Za-z0-9+/]{86}==$/)
  expect(own.publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/)
  expect(own.privateKey).not.toBe(other.privateKey)

  const message = { body: 'a', secrets: [own.privateKey] }
  const headers = await sign({ ...message, id: 'msg_1', timestamp: 1 })
  await verify({ headers, body: 'a', secrets: [own.publicKey], now: 1 })
  const wrong = verify({ headers, body: 'a', secrets: [other.publicKey], now: 1 })
  await expect(wrong).rejects.toMatchObject({ code: 'no-match' })
})
