import { describe, expect, it } from 'vitest'
import { checkAddress } from './check-address.ts'
import { checkUrl } from './check-url.ts'
import { judgeResolved } from './judge-resolved.ts'
import { compilePolicy } from './policy.ts'

const policy = { allowLoopback: true }

describe('allowLoopback', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.0.0.1:9000/events',
    'https://127.255.255.254:22/',
    'http://127.1:6379/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]:9000/',
    'http://[0:0::1]/',
    'http://[::ffff:127.0.0.1]:9000/',
    'http://[::ffff:7f00:1]/',
    'http://localhost:9000/events?a=b',
    'HTTP://LOCALHOST/',
    'http://localhost./',
    'http://api.localhost:3000/',
    'https://a.b.localhost:25/',
  ])('permits %s, which is refused without it', (url) => {
    expect(checkUrl(url, policy)).toEqual({ ok: true })
    expect(checkUrl(url, { ...policy, only: ['partner.example'] })).toEqual({ ok: true })
    expect(checkUrl(url).ok).toBe(false)
  })

  it.each([
    ['http://example.com/', 'scheme'],
    ['http://notlocalhost/', 'scheme'],
    ['http://localhost.example.com/', 'scheme'],
    ['http://127.0.0.1.nip.io/', 'scheme'],
    ['https://localhost.localdomain/', 'host'],
    ['http://0.0.0.0:9000/', 'scheme'],
    ['https://0.0.0.0:9000/', 'address'],
    ['https://[::]:9000/', 'address'],
    ['https://[::127.0.0.1]/', 'address'],
    ['https://[64:ff9b::127.0.0.1]/', 'address'],
    ['https://[::ffff:10.0.0.1]/', 'address'],
    ['https://126.255.255.255:22/', 'port'],
    ['https://128.0.0.1:22/', 'port'],
    ['https://10.0.0.1/', 'address'],
    ['https://169.254.169.254/', 'address'],
    ['https://receiver.internal/', 'host'],
    ['http://user@127.0.0.1/', 'userinfo'],
    ['http://127.0.0.1/#a', 'fragment'],
    ['ftp://127.0.0.1/', 'scheme'],
  ])('refuses %s: %s', (url, code) => {
    expect(checkUrl(url, policy)).toMatchObject({ ok: false, code })
  })

  it('leaves what else is permitted as it was', () => {
    const besides = { ...policy, allow: ['10.1.0.0/16', 'receiver.internal'] }
    expect(checkUrl('https://10.1.2.3/', besides).ok).toBe(true)
    expect(checkUrl('https://example.com/', besides).ok).toBe(true)
    expect(checkUrl('http://10.1.2.3/', besides)).toMatchObject({ code: 'scheme' })
    expect(checkUrl('http://receiver.internal/', besides)).toMatchObject({ code: 'scheme' })
    expect(checkUrl('http://example.com/', { ...policy, allowHttp: true }).ok).toBe(true)
  })

  it.each([
    ['127.0.0.1', true],
    ['127.255.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
  ])('as an address, %s: %s', (address, ok) => {
    expect(checkAddress(address, policy).ok).toBe(ok)
    expect(checkAddress(address, { ...policy, only: ['93.184.216.0/24'] }).ok).toBe(ok)
  })

  it.each([
    ['https:', 'my-app.example', ['127.0.0.1'], true],
    ['https:', 'my-app.example', ['127.0.0.1', '::1', '::ffff:127.0.0.1'], true],
    ['https:', 'my-app.example', ['127.0.0.1', '93.184.216.34'], false],
    ['https:', 'my-app.example', ['93.184.216.34', '::1'], false],
    ['https:', 'my-app.example', ['93.184.216.34'], true],
    ['https:', 'my-app.example', ['10.0.0.1'], false],
    ['http:', 'localhost', ['127.0.0.1', '::1'], true],
    ['http:', 'localhost', ['93.184.216.34'], false],
    ['https:', 'localhost', ['93.184.216.34'], false],
    ['https:', 'localhost', ['127.0.0.1', '10.0.0.1'], false],
    ['http:', 'permitted.localhost', ['10.1.2.3'], false],
    ['https:', 'permitted.localhost', ['10.1.2.3'], true],
  ])('%s//%s that resolves to %j: %s', (protocol, hostname, addresses, ok) => {
    const rules = compilePolicy({ ...policy, allow: ['permitted.localhost'] })
    expect(judgeResolved({ protocol, hostname, port: 9000, addresses }, rules).ok).toBe(ok)
  })
})
