import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as fixture from '../test/fixtures.ts'
import { SigningError } from './errors.ts'
import type { HeadersInput } from './read-header.ts'
import { sign, signWith } from './sign.ts'
import { verify, verifyWith } from './verify.ts'

const { BODY, ID, OTHER_SECRET, PRIVATE_KEY, PUBLIC_KEY, SECRET, TIMESTAMP, withCode } = fixture
const message = { id: ID, timestamp: TIMESTAMP, body: BODY }
const headers = {
  'webhook-id': ID,
  'webhook-timestamp': String(TIMESTAMP),
  'webhook-signature': `${fixture.V1} ${fixture.V1A}`,
}

const onlyV2 = { ...headers, 'webhook-signature': 'v2,AAAA' }
const onlyV1 = { ...headers, 'webhook-signature': fixture.V1 }
const onlyV1a = { ...headers, 'webhook-signature': fixture.V1A }

const ids = fc.stringMatching(/^[!-+\-/-~]{1,40}$/)
const timestamps = fc.integer({ min: 1000, max: 99_999_990_000 })
const bodies = fc.uint8Array({ maxLength: 200 })

describe('verify', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('takes the time from the system’s clock, and 300 s of tolerance', async () => {
    const check = (now: number) => {
      vi.useFakeTimers({ now: now * 1000 })
      return verify({ headers, body: BODY, secrets: [SECRET] })
    }
    await check(TIMESTAMP + 300)
    await check(TIMESTAMP - 300)
    await expect(check(TIMESTAMP + 301)).rejects.toThrow(withCode('too-old'))
    await expect(check(TIMESTAMP - 301)).rejects.toThrow(withCode('too-new'))
  })

  it('accepts the headers of sign, as a record and as Headers', async () => {
    const secrets = [SECRET]
    const sent = await sign({ ...message, secrets })
    await verify({ headers: sent, body: BODY, secrets, now: TIMESTAMP })
    await verify({ headers: new Headers(sent), body: BODY, secrets, now: TIMESTAMP })
  })

  it('accepts a good signature beside malformed ones', async () => {
    const secrets = [SECRET]
    const list = `v1,x ${fixture.V1A.slice(0, -1)} ${fixture.V1} v1,AAAA`
    const beside = { ...headers, 'webhook-signature': list }
    await verify({ headers: beside, body: BODY, secrets, now: TIMESTAMP })
    await expect(
      verify({ headers: beside, body: `${BODY} `, secrets, now: TIMESTAMP }),
    ).rejects.toThrow(withCode('no-match'))
  })

  it('reads headers of another prefix, and no others', async () => {
    const renamed = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.replace('webhook', 'Svix'), value]),
    )
    const options = { body: BODY, secrets: [SECRET], now: TIMESTAMP }
    for (const headerPrefix of ['svix', 'Svix']) {
      await verify({ ...options, headers: renamed, headerPrefix })
      await verify({ ...options, headers: new Headers(renamed), headerPrefix })
    }
    await expect(verify({ ...options, headers: renamed })).rejects.toThrow('webhook-id')
    await expect(verify({ ...options, headers, headerPrefix: 'svix' })).rejects.toThrow('svix-id')
  })
})

describe.each(fixture.keyrings)('verifying with %s', (_, keyring) => {
  const check = (patch: object) =>
    verifyWith(keyring, { headers, body: BODY, secrets: [SECRET], now: TIMESTAMP, ...patch })

  it.each([
    [[SECRET], [SECRET]],
    [[PRIVATE_KEY], [PUBLIC_KEY]],
    [[PRIVATE_KEY], [PRIVATE_KEY]],
    [[OTHER_SECRET, SECRET], [SECRET]],
    [[SECRET], [OTHER_SECRET, SECRET]],
    [
      [OTHER_SECRET, PRIVATE_KEY],
      [SECRET, PUBLIC_KEY],
    ],
  ])('accepts any bytes signed by %j from a holder of %j', async (secrets, held) => {
    await fc.assert(
      fc.asyncProperty(ids, timestamps, bodies, async (id, timestamp, body) => {
        const sent = await signWith(keyring, { id, timestamp, body, secrets })
        await verifyWith(keyring, { headers: sent, body, secrets: held, now: timestamp })
      }),
      { numRuns: 50 },
    )
  })

  it.each([SECRET, PRIVATE_KEY])('refuses any altered byte signed by %s', async (secret) => {
    const secrets = [secret]
    const parts = fc.constantFrom('id', 'timestamp', 'body')
    const flips = fc.record({ part: parts, at: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) })
    const full = fc.uint8Array({ minLength: 1, maxLength: 200 })

    await fc.assert(
      fc.asyncProperty(ids, timestamps, full, flips, async (id, timestamp, body, flip) => {
        const sent = await signWith(keyring, { id, timestamp, body, secrets })
        const original = { id: Buffer.from(id), timestamp: Buffer.from(`${timestamp}`), body }
        const altered = { ...original, [flip.part]: flipped(original[flip.part], flip) }
        const received = {
          'webhook-id': altered.id.toString('latin1'),
          'webhook-timestamp': altered.timestamp.toString('latin1'),
          'webhook-signature': sent['webhook-signature'],
        }

        const error = await check({
          headers: received,
          body: altered.body,
          secrets,
          tolerance: Number.POSITIVE_INFINITY,
        }).catch((caught: unknown) => caught)
        // the altered header may also break its grammar
        const codes = flip.part === 'body' ? ['no-match'] : ['no-match', 'malformed-header']
        expect(codes).toContain((error as SigningError).code)
      }),
    )
  })

  it('refuses the same bytes divided in another way', async () => {
    await fc.assert(
      fc.asyncProperty(ids, timestamps, bodies, async (id, timestamp, rest) => {
        const body = Buffer.concat([Buffer.from(`${TIMESTAMP}.`), rest])
        const sent = await signWith(keyring, { id, timestamp, body, secrets: [SECRET] })
        const cut = {
          ...sent,
          'webhook-id': `${id}.${timestamp}`,
          'webhook-timestamp': String(TIMESTAMP),
        }
        await expect(check({ headers: cut, body: rest })).rejects.toThrow(
          withCode('malformed-header'),
        )
      }),
    )
  })

  it('throws nothing but SigningError, whatever the headers hold', async () => {
    const value = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.anything())
    const entry = fc.stringMatching(/^(v1|v1a|v2)?,?[A-Za-z0-9+/]{0,88}={0,3}[ ,]?$/)
    const junk = fc.oneof(
      fc.anything(),
      fc.dictionary(fc.constantFrom(...Object.keys(headers), 'Webhook-Id', 'get'), value),
      fc.record({
        'webhook-id': fc.constant(ID),
        'webhook-timestamp': fc.oneof(fc.constant(String(TIMESTAMP)), fc.string()),
        'webhook-signature': fc.array(entry, { maxLength: 20 }).map((list) => list.join(' ')),
      }),
    )
    await fc.assert(
      fc.asyncProperty(junk, async (given) => {
        await expect(
          check({ headers: given as HeadersInput, secrets: [SECRET, PUBLIC_KEY] }),
        ).rejects.toBeInstanceOf(SigningError)
      }),
      { numRuns: 500 },
    )
  })

  it('verifies a body that is not JSON and not text', async () => {
    const body = new Uint8Array([0, 255, 13, 10, 0xc3, 0x28])
    const sent = await signWith(keyring, { ...message, body, secrets: [SECRET] })
    await check({ headers: sent, body })
    await check({ headers: sent, body: body.buffer })
    // as text, two of these bytes are already lost
    const text = new TextDecoder().decode(body)
    await expect(check({ headers: sent, body: text })).rejects.toThrow(withCode('no-match'))
  })

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('misses %s', async (name) => {
    const left = new Headers(headers)
    left.delete(name)
    await expect(check({ headers: left })).rejects.toThrow(withCode('missing-header'))
    await expect(check({ headers: left })).rejects.toThrow(name)
  })

  it('refuses each header when it was sent twice', async () => {
    for (const [name, value] of Object.entries(headers)) {
      const twice = new Headers(headers)
      twice.append(name, value)
      await expect(check({ headers: twice })).rejects.toThrow(withCode('malformed-header'))
    }
  })

  it.each([
    ['another secret', 'no-match', { secrets: [OTHER_SECRET] }],
    ['a list with no signature of a version that it can check', 'no-match', { headers: onlyV2 }],
    ['a v1a signature where only HMAC secrets are held', 'no-match', { headers: onlyV1a }],
    [
      'a v1 signature where only public keys are held',
      'no-match',
      { headers: onlyV1, secrets: [PUBLIC_KEY] },
    ],
    ['a parsed body', 'bad-body', { body: { test: 2432232314 } }],
    ['no secrets', 'no-secrets', { secrets: [] }],
    ['a bad secret', 'bad-secret', { secrets: [SECRET, 'whsec_AAAA'] }],
    ['no number as the tolerance', 'bad-time', { tolerance: Number.NaN }],
    ['no number as the time', 'bad-time', { now: Number.NaN }],
  ])('refuses %s', async (_, code, patch) => {
    await expect(check(patch)).rejects.toThrow(withCode(code))
  })

  it('never shows a secret, the payload or the expected signature', async () => {
    const patches = [
      { secrets: [OTHER_SECRET] },
      { secrets: [`${SECRET} `] },
      { body: { test: 2432232314 } },
      { now: 0 },
      { headers: { ...headers, 'webhook-signature': `${fixture.V1},x` } },
      { headers: { ...headers, 'webhook-timestamp': 'x' } },
    ]
    for (const patch of patches) {
      const error = await check(patch).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(SigningError)
      expect(String(error)).not.toMatch(/MfKQ9r8G|AAECAwQF|2432232314|g0hM9SsE/)
    }
  })
})

function flipped(
  bytes: Uint8Array = new Uint8Array(),
  { at, mask }: { readonly at: number; readonly mask: number },
): Buffer {
  const copy = Buffer.from(bytes)
  const index = at % copy.length
  copy[index] = (copy[index] ?? 0) ^ mask
  return copy
}
