import { describe, expect, it } from 'vitest'
import { signWith } from '../src/sign.ts'
import { verifyWith } from '../src/verify.ts'
import { keyrings, withCode } from './fixtures.ts'
import vectors from './vectors/standard-webhooks.json' with { type: 'json' }

interface Vector {
  readonly name: string
  readonly secret?: string | undefined
  readonly publicKey?: string | undefined
  readonly id: string | null
  readonly ts: string
  readonly body: string
  readonly signature: string
  readonly now?: number | undefined
}

const accept: readonly Vector[] = vectors.accept
const reject: readonly Vector[] = vectors.reject
const encoder = new TextEncoder()

const rejections: Readonly<Record<string, string>> = {
  'wrong secret': 'no-match',
  'timestamp changed': 'no-match',
  'version confusion: v1 value labelled v1a': 'malformed-header',
  'empty signature value': 'malformed-header',
  'comma-joined duplicate header': 'malformed-header',
  'timestamp too new (now = ts - 301)': 'too-new',
  'missing id / timestamp / signature header': 'missing-header',
}

describe.each(keyrings)('the published vectors, with %s', (_, keyring) => {
  it.each(accept)('accepts: $name', async (vector) => {
    for (const secret of secretsOf(vector)) {
      for (const body of [vector.body, encoder.encode(vector.body)]) {
        const options = { headers: headersOf(vector), body, secrets: [secret] }
        await expect(
          verifyWith(keyring, { ...options, now: Number(vector.ts) }),
        ).resolves.toBeUndefined()
      }
    }
  })

  it.each(reject)('rejects: $name', async (vector) => {
    const { body, now = Number(vector.ts) } = vector
    const options = { headers: headersOf(vector), body, secrets: secretsOf(vector), now }
    await expect(verifyWith(keyring, options)).rejects.toThrow(
      withCode(rejections[vector.name] ?? ''),
    )
  })

  it.each(vectors.ambiguity)('leaves one reading of: $name', async ({ a, b }) => {
    const secrets = secretsOf(accept[0])
    const { signature } = await signed(b)
    await expect(signed(a)).rejects.toThrow(withCode('bad-id'))

    const headers = headersOf({ ...a, signature })
    const options = { headers, body: a.body, secrets, now: Number(a.ts) }
    await expect(verifyWith(keyring, options)).rejects.toThrow(withCode('malformed-header'))

    async function signed({ id, ts, body }: typeof a): Promise<{ signature: string }> {
      const sent = await signWith(keyring, { id, timestamp: Number(ts), body, secrets })
      return { signature: sent['webhook-signature'] ?? '' }
    }
  })
})

function secretsOf(vector: Vector | undefined): readonly string[] {
  return [vector?.secret ?? [], vector?.publicKey ?? []].flat()
}

function headersOf({ id, ts, signature }: Pick<Vector, 'id' | 'ts' | 'signature'>): Headers {
  const headers = new Headers({ 'webhook-timestamp': ts, 'webhook-signature': signature })
  if (id !== null) headers.set('webhook-id', id)
  return headers
}
