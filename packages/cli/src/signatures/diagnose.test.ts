import { createHmac } from 'node:crypto'
import { generateKeyPair, generateSecret, sign } from '@ringback/signing'
import { describe, expect, it } from 'vitest'
import { readSavedRequest } from '../requests/saved-request.ts'
import { diagnose } from './diagnose.ts'

const secret = generateSecret()
const timestamp = 1_767_225_600
const body = '{"paid":true,"note":"größer","url":"https://a.example/b"}'
const message = { id: 'msg_1', timestamp, body, secrets: [secret] }
const signed = await sign(message)
// our own sign refuses this
const milliseconds = String(timestamp * 1000)
const inMilliseconds = {
  'webhook-id': 'msg_1',
  'webhook-timestamp': milliseconds,
  'webhook-signature': `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`msg_1.${milliseconds}.${body}`)
    .digest('base64')}`,
}
const withText = await sign({
  ...message,
  secrets: [`whsec_${btoa(secret.replace('whsec_', ''))}`],
})
const { privateKey, publicKey } = await generateKeyPair()
const withPair = await sign({ ...message, secrets: [privateKey] })
const { 'webhook-id': _id, ...withoutId } = signed
const svix = Object.fromEntries(
  Object.entries(signed).map(([name, value]) => [name.replace('webhook', 'svix'), value]),
)

interface Case {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly now?: number
  readonly secret?: string
}

const diagnoseCase = ({
  headers = signed,
  body: one = body,
  now = timestamp,
  secret: key,
}: Case) => {
  const saved = new TextEncoder().encode(JSON.stringify({ headers, body: one }))
  return diagnose(readSavedRequest(saved, 'request.json'), {
    secrets: [key ?? secret],
    now,
    tolerance: 300,
    headerPrefix: 'webhook',
  })
}

describe('diagnose', () => {
  it.each<[string, Case]>([
    ['a right signature', {}],
    ['a body that was saved as parsed JSON', { body: JSON.parse(body) }],
    ['the public key of a pair', { headers: withPair, secret: publicKey }],
  ])('accepts %s', async (_name, given) => {
    expect(await diagnoseCase(given)).toEqual({ ok: true, signedAt: new Date('2026-01-01') })
  })

  it.each<[string, Case, string, RegExp]>([
    [
      'an old one',
      { now: timestamp + 86_400 * 9 },
      'clock',
      /right, but 9 days old.+--now 1767225600/,
    ],
    ['one from the future', { now: timestamp - 3600 }, 'clock', /in the future/],
    ['no signature', { headers: {} }, 'missing-header', /it was not signed/],
    [
      'a header that was dropped',
      { headers: withoutId },
      'missing-header',
      /no webhook-id: something between/,
    ],
    ['another prefix', { headers: svix }, 'prefix', /--header-prefix svix/],
    ['GitHub’s', { headers: { 'x-hub-signature-256': 'sha256=00' } }, 'foreign', /GitHub/],
    [
      'an indented body',
      { body: JSON.stringify(JSON.parse(body), null, 2) },
      'body',
      /without spaces/,
    ],
    [
      'a body with a line feed',
      { body: `${body}\n` },
      'body',
      /without the white space at its end/,
    ],
    ['another secret', { secret: generateSecret() }, 'no-match', /Compare the secrets/],
    ['a public key', { secret: publicKey }, 'key', /shared secret/],
    ['a timestamp in milliseconds', { headers: inMilliseconds }, 'clock', /milliseconds/],
    [
      'the text of the secret as its key',
      { headers: withText },
      'key',
      /decode what follows whsec_ as base64/,
    ],
    [
      'half a body',
      { body: '{"paid"', headers: { ...signed, 'content-length': '57' } },
      'body',
      /57 bytes/,
    ],
  ])('says why it fails: %s', async (_name, given, problem, message) => {
    const result = await diagnoseCase(given)
    expect(result).toMatchObject({ ok: false, problem, message: expect.stringMatching(message) })
    expect(JSON.stringify(result)).not.toContain(secret.slice(10))
  })

  it('takes an ed25519 signature for a wrong key beside a shared secret', async () => {
    expect(await diagnoseCase({ headers: withPair })).toMatchObject({ problem: 'key' })
  })
})
