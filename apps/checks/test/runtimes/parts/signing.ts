// The published vectors of Standard Webhooks, with the cryptography that the package chooses on this runtime.
import { generateKeyPair, generateSecret, sign, verify } from '@ringback/signing'
import { publishedVectors } from '../../../../../packages/signing/test/published-vectors.ts'
import type { RuntimeCase } from './runtime-case.ts'

const TIME = 1_700_000_000

/** Signs with one secret, and verifies with another. */
async function pass(secret: string, other: string): Promise<string> {
  const headers = await sign({ id: 'msg_1', timestamp: TIME, body: '{}', secrets: [secret] })
  await verify({ headers, body: '{}', secrets: [other], now: TIME })
  return Object.keys(headers).sort().join(' ')
}

const NAMES = 'webhook-id webhook-signature webhook-timestamp'

export const cases: readonly RuntimeCase[] = [
  ...publishedVectors({ sign, verify }),
  {
    name: 'a generated secret',
    async run() {
      const secret = generateSecret()
      return pass(secret, secret)
    },
    expected: NAMES,
  },
  {
    name: 'a generated key pair',
    async run() {
      const { privateKey, publicKey } = await generateKeyPair()
      return pass(privateKey, publicKey)
    },
    expected: NAMES,
  },
]
