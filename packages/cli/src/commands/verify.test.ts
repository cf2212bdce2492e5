import { generateSecret, sign } from '@ringback/signing'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../test/run-cli.ts'

const secret = generateSecret()
const timestamp = 1_767_225_600
const body = '{"paid":true,"note":"größer","url":"https://a.example/b"}'
const signed = await sign({ id: 'msg_1', timestamp, body, secrets: [secret] })

describe('ringback verify', { timeout: 120_000 }, () => {
  it('verifies JSON, and the text of a request', async () => {
    const json = JSON.stringify({ headers: signed, body })
    const now = ['--secret', secret, '--now', String(timestamp)]
    const asJson = await runCli(['verify', '-', '--json', ...now], { input: json })
    expect(asJson.code).toBe(0)
    expect(JSON.parse(asJson.out)).toEqual({ ok: true, signedAt: '2026-01-01T00:00:00.000Z' })

    const lines = Object.entries(signed).map(([name, value]) => `${name.toUpperCase()}: ${value}`)
    const text = ['POST /events HTTP/1.1', ...lines, '', body].join('\r\n')
    const args = ['verify', '-', '--secret', secret, '--now', '2026-01-01T00:00:10Z']
    const { code, out } = await runCli(args, { input: text })
    expect({ code, out }).toEqual({
      code: 0,
      out: 'The signature is right. It was made at 2026-01-01T00:00:00.000Z.\n',
    })
  })

  it('says that a body that was saved as parsed JSON is a guess', async () => {
    const spaced = await sign({ id: 'msg_1', timestamp, body: `${body} `, secrets: [secret] })
    const input = JSON.stringify({ headers: spaced, body: JSON.parse(body) })
    const args = ['verify', '-', '--secret', secret, '--now', String(timestamp)]
    const { code, out } = await runCli(args, { input })
    expect(code).toBe(1)
    expect(out).toContain('save it as text, or as bodyBase64')
  })

  it.each([
    ['no secret', ['-'], {}, 'set CALLBACK_SECRET'],
    ['no request', ['-', '--secret', secret], { input: 'hello' }, 'is no saved request'],
    ['no file', ['there.json', '--secret', secret], {}, 'cannot be read'],
    ['no time', ['-', '--secret', secret, '--now', 'soon'], {}, 'Give seconds, or a date'],
  ])('refuses %s', async (_name, args, options, sentence) => {
    const { code, err } = await runCli(['verify', ...args], options)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })

  it('takes the secret from the environment', async () => {
    const input = JSON.stringify({ headers: signed, body })
    const args = ['verify', '-', '--now', String(timestamp)]
    expect(await runCli(args, { input, env: { CALLBACK_SECRET: secret } })).toMatchObject({
      code: 0,
    })
  })
})
