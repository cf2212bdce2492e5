import { sign, verify } from '@ringback/signing'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../test/run-cli.ts'

const message = { id: 'msg_1', timestamp: 1_767_225_600, body: 'hi' }

describe('ringback secret and keypair', { timeout: 120_000 }, () => {
  it('make keys that sign and verify, each time others', async () => {
    const first = await runCli(['secret'])
    const { secret } = JSON.parse((await runCli(['secret', '--json'])).out)
    expect(first.out.trim()).not.toBe(secret)
    for (const one of [first.out.trim(), secret]) {
      const headers = await sign({ ...message, secrets: [one] })
      await verify({ headers, body: 'hi', secrets: [one], now: message.timestamp })
    }

    const { privateKey, publicKey } = JSON.parse((await runCli(['keypair', '--json'])).out)
    const headers = await sign({ ...message, secrets: [privateKey] })
    await verify({ headers, body: 'hi', secrets: [publicKey], now: message.timestamp })
  })

  it('print which key is whose', async () => {
    const { out } = await runCli(['keypair'])
    expect(out).toMatch(/private key, for the sender: +whsk_\S+\npublic key, .+: +whpk_\S+\n/)
  })
})
