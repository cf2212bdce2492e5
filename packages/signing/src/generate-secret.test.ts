import { expect, it } from 'vitest'
import { generateSecret } from './generate-secret.ts'
import { sign } from './sign.ts'
import { verify } from './verify.ts'

it('makes a secret that signs and verifies, and another one each time', async () => {
  const [secret, other] = [generateSecret(), generateSecret()]
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(secret).not.toBe(other)

  const headers = await sign({ id: 'msg_1', timestamp: 1, body: 'a', secrets: [secret] })
  await verify({ headers, body: 'a', secrets: [other, secret], now: 1 })
  await expect(verify({ headers, body: 'a', secrets: [other], now: 1 })).rejects.toThrow()
})
