import type { SignOptions } from '../src/sign.ts'
import type { VerifyOptions } from '../src/verify.ts'
import vectors from './vectors/standard-webhooks.json' with { type: 'json' }

/** One published vector: its outcome is `accepted`, or the code of an error. */
export interface PublishedVector {
  readonly name: string
  run(): Promise<string>
  readonly expected: string
}

/** The two functions under test. */
export interface TestedSigning {
  sign(options: SignOptions): Promise<Readonly<Record<string, string>>>
  verify(options: VerifyOptions): Promise<void>
}

interface StoredVector {
  readonly name: string
  readonly secret?: string | undefined
  readonly publicKey?: string | undefined
  readonly id: string | null
  readonly ts: string
  readonly body: string
  readonly signature: string
  readonly now?: number | undefined
}

const accept: readonly StoredVector[] = vectors.accept
const reject: readonly StoredVector[] = vectors.reject

const REJECTIONS: Readonly<Record<string, string>> = {
  'wrong secret': 'no-match',
  'timestamp changed': 'no-match',
  'version confusion: v1 value labelled v1a': 'malformed-header',
  'empty signature value': 'malformed-header',
  'comma-joined duplicate header': 'malformed-header',
  'timestamp too new (now = ts - 301)': 'too-new',
  'missing id / timestamp / signature header': 'missing-header',
}

/** Lists the published vectors, each with what these functions make of it. */
export function publishedVectors({ sign, verify }: TestedSigning): readonly PublishedVector[] {
  const accepted = accept.flatMap((vector) =>
    secretsOf(vector).flatMap((secret) =>
      [vector.body, new TextEncoder().encode(vector.body)].map((body) => ({
        name: `accepts: ${vector.name}, ${secret.slice(0, 5)}, as ${typeof body === 'string' ? 'text' : 'bytes'}`,
        run: () =>
          outcomeOf(
            verify({ headers: headersOf(vector), body, secrets: [secret], now: Number(vector.ts) }),
          ),
        expected: 'accepted',
      })),
    ),
  )
  const rejected = reject.map((vector) => ({
    name: `rejects: ${vector.name}`,
    run() {
      const { body, now = Number(vector.ts) } = vector
      return outcomeOf(
        verify({ headers: headersOf(vector), body, secrets: secretsOf(vector), now }),
      )
    },
    expected: REJECTIONS[vector.name] ?? '',
  }))
  const secrets = secretsOf(accept[0])
  const ambiguous = vectors.ambiguity.flatMap(({ name, a, b }) => {
    const signed = ({ id, ts, body }: typeof a) =>
      sign({ id, timestamp: Number(ts), body, secrets })
    return [
      {
        name: `signs one reading of: ${name}`,
        run: () => outcomeOf(signed(a)),
        expected: 'bad-id',
      },
      {
        name: `accepts one reading of: ${name}`,
        async run() {
          const { 'webhook-signature': signature = '' } = await signed(b)
          const headers = headersOf({ ...a, signature })
          return outcomeOf(verify({ headers, body: a.body, secrets, now: Number(a.ts) }))
        },
        expected: 'malformed-header',
      },
    ]
  })
  return [...accepted, ...rejected, ...ambiguous]
}

async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'accepted'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function secretsOf(vector: StoredVector | undefined): readonly string[] {
  return [vector?.secret ?? [], vector?.publicKey ?? []].flat()
}

function headersOf({ id, ts, signature }: Pick<StoredVector, 'id' | 'ts' | 'signature'>): Headers {
  const headers = new Headers({ 'webhook-timestamp': ts, 'webhook-signature': signature })
  if (id !== null) headers.set('webhook-id', id)
  return headers
}
