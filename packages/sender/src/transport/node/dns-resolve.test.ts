import { createSocket } from 'node:dgram'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type DnsAnswer, type DnsQuestion, dnsServer } from '../../../test/dns-server.ts'
import { message } from '../../../test/message.ts'
import { scene } from '../../../test/scene.ts'
import { guarded, serve } from '../../../test/serve.ts'
import { response } from '../../../test/sink.ts'
import { dnsResolve } from './dns-resolve.ts'

const HOSTS = '/nonexistent/hosts'

/** A server that responds to nothing under `silent.example`. */
const mostly = (addresses: DnsAnswer) => (question: DnsQuestion) =>
  question.name.endsWith('silent.example') ? 'silence' : addresses

/** A server that was closed. */
async function closedServer(): Promise<readonly string[]> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(resolve))
  return [`127.0.0.1:${port}`]
}

async function hostsFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hosts-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'hosts')
  await writeFile(path, text)
  return path
}

describe('dnsResolve', () => {
  it('gives the IPv4 addresses, then those of IPv6', async () => {
    const { servers, questions } = await dnsServer(() => ['2001:db8::1', '192.0.2.1', '192.0.2.2'])
    const resolve = dnsResolve({ servers, hostsFile: HOSTS })
    expect(await resolve('A.Example.')).toEqual([
      { address: '192.0.2.1', family: 4 },
      { address: '192.0.2.2', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ])
    expect(questions.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      'a.example A',
      'a.example AAAA',
    ])
  })

  it('gives the addresses of one family while the other is not answered', async () => {
    const { servers } = await dnsServer(({ type }) => (type === 'A' ? ['192.0.2.1'] : 'silence'))
    const resolve = dnsResolve({ servers, hostsFile: HOSTS })
    const started = performance.now()
    expect(await resolve('a.example')).toEqual([{ address: '192.0.2.1', family: 4 }])
    expect(performance.now() - started).toBeLessThan(900)
  })

  it('asks again by TCP for a response that UDP has no room for', async () => {
    const addresses = Array.from({ length: 100 }, (_, index) => `192.0.2.${index}`)
    const { servers, overTcp } = await dnsServer(() => addresses)
    const found = await dnsResolve({ servers, hostsFile: HOSTS })('many.example')
    expect(found).toHaveLength(100)
    expect(overTcp()).toBe(1)
  })

  it('waits for a server that responds late', async () => {
    const { servers } = await dnsServer(() => ['192.0.2.1'], { delay: 700 })
    expect(await dnsResolve({ servers, hostsFile: HOSTS })('late.example')).toHaveLength(1)
  })

  it.each([
    ['NXDOMAIN', 'ENOTFOUND'],
    ['SERVFAIL', 'ESERVFAIL'],
  ] as const)('rejects for %s with %s', async (answer, code) => {
    const { servers } = await dnsServer(() => answer)
    const resolving = dnsResolve({ servers, hostsFile: HOSTS })('none.example')
    await expect(resolving).rejects.toMatchObject({ code })
  })

  it('rejects with ENODATA for a name without addresses', async () => {
    const { servers } = await dnsServer(() => [])
    const resolving = dnsResolve({ servers, hostsFile: HOSTS })('mail.example')
    await expect(resolving).rejects.toMatchObject({ code: 'ENODATA' })
  })

  it('tells a name that is never answered from servers that never respond', async () => {
    const { servers } = await dnsServer(mostly(['192.0.2.1']))
    const dead = await dnsServer(() => 'silence')
    const name = dnsResolve({ servers, hostsFile: HOSTS })('silent.example')
    const server = dnsResolve({ servers: dead.servers, hostsFile: HOSTS })('a.example')
    const refusing = dnsResolve({ servers: await closedServer(), hostsFile: HOSTS })('a.example')
    const none = dnsResolve({ servers: [], hostsFile: HOSTS })('a.example')
    const settled = await Promise.allSettled([name, server, refusing, none])
    expect(settled.map((each) => each.status === 'rejected' && each.reason.code)).toEqual([
      'ETIMEOUT',
      'NO_DNS_SERVER',
      'NO_DNS_SERVER',
      'NO_DNS_SERVER',
    ])
  })

  it('resolves other names while a hundred are never answered', async () => {
    const { servers } = await dnsServer(mostly(['192.0.2.1']))
    const resolve = dnsResolve({ servers, hostsFile: HOSTS })
    const controller = new AbortController()
    const hanging = Array.from({ length: 100 }, (_, index) =>
      resolve(`h${index}.silent.example`, controller).then(
        () => 'found',
        ({ name }: Error) => name,
      ),
    )
    const started = performance.now()
    await resolve('a.example')
    expect(performance.now() - started).toBeLessThan(500)
    controller.abort()
    expect(new Set(await Promise.all(hanging))).toEqual(new Set(['AbortError']))
  })

  it('asks once for all that wait for a name, and stops when the last has left', async () => {
    const { servers, questions } = await dnsServer(mostly([]))
    const resolve = dnsResolve({ servers, hostsFile: HOSTS })
    const [first, second] = [new AbortController(), new AbortController()]
    const waiting = [
      resolve('silent.example', first),
      resolve('silent.example', second),
      resolve('silent.example', second),
    ]
    for (const one of waiting) one.catch(() => {})
    await wait(100)
    expect(questions).toHaveLength(2)
    first.abort()
    await expect(waiting[0]).rejects.toMatchObject({ name: 'AbortError' })
    // asked again for those that are left
    await vi.waitFor(() => expect(questions).toHaveLength(4), { timeout: 5000 })
    second.abort()
    await expect(waiting[2]).rejects.toMatchObject({ name: 'AbortError' })
    await wait(2300)
    expect(questions).toHaveLength(4)
  })

  it('asks nobody for names in the hosts file, which is read again when it changes', async () => {
    const path = await hostsFile(
      '# ours\n192.0.2.7 A.example b.example # and more\n::7\ta.example\n',
    )
    const { servers, questions } = await dnsServer(() => 'NXDOMAIN')
    const resolve = dnsResolve({ servers, hostsFile: path })
    expect(await resolve('a.example.')).toEqual([
      { address: '192.0.2.7', family: 4 },
      { address: '::7', family: 6 },
    ])
    expect(await resolve('b.example')).toHaveLength(1)
    expect(questions).toEqual([])
    await writeFile(path, '192.0.2.8 c.example\n')
    await wait(1050)
    expect(await resolve('c.example')).toEqual([{ address: '192.0.2.8', family: 4 }])
    await expect(resolve('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it.each(['localhost', 'localhost.', 'api.localhost'])('knows %s without a file', async (name) => {
    const resolve = dnsResolve({ servers: await closedServer(), hostsFile: HOSTS })
    expect((await resolve(name)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1'])
  })
})

describe('guardedFetch with names that are never answered', () => {
  const policy = { allowHttp: true, allow: ['127.0.0.0/8'] }

  it('looks a name up no more once its request was aborted', async () => {
    const { servers, questions } = await dnsServer(mostly([]))
    const send = guarded({ policy, resolve: dnsResolve({ servers, hostsFile: HOSTS }) })
    const signal = AbortSignal.timeout(200)
    await expect(send('http://silent.example:9000/', { signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    await wait(1500)
    expect(questions).toHaveLength(2)
  })

  it('sends to others meanwhile', async () => {
    const receiver = await serve()
    const { servers } = await dnsServer(mostly(['127.0.0.1']))
    const send = guarded({ policy, resolve: dnsResolve({ servers, hostsFile: HOSTS }) })
    const controller = new AbortController()
    const hanging = Array.from({ length: 64 }, (_, index) =>
      send(`http://h${index}.silent.example:9000/`, controller).catch(() => undefined),
    )
    await wait(50)
    const started = performance.now()
    expect((await send(`http://receiver.example:${receiver.port}/`)).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(500)
    controller.abort()
    await Promise.all(hanging)
  })
})

describe('a sender', () => {
  const policy = { allowHttp: true, allow: ['127.0.0.0/8'] }

  it('whose DNS servers are down uses up neither the schedule nor the breaker of the endpoint', async () => {
    const resolve = dnsResolve({ servers: await closedServer(), hostsFile: HOSTS })
    const fetch = guarded({ policy, resolve })
    const { sender, callbacks, sendAfter, events } = await scene([response(204)], { fetch })
    for (let n = 0; n < 20; n += 1) await callbacks.send(message('http://receiver.example:8080'))
    await sendAfter(0)
    await sendAfter(30_000)
    const records = await sender.deliveries()
    expect(records).toHaveLength(20)
    for (const { state, attemptCount, attempts } of records) {
      expect([state, attemptCount, attempts.length]).toEqual(['scheduled', 0, 2])
      expect(attempts[0]).toMatchObject({ reason: 'local' })
    }
    expect(events.some(({ heldUntil }) => heldUntil !== undefined)).toBe(false)
  })

  it('books a name that is never answered on its endpoint', async () => {
    const { servers } = await dnsServer(mostly([]))
    const fetch = guarded({ policy, resolve: dnsResolve({ servers, hostsFile: HOSTS }) })
    const { sender, callbacks, sendAfter } = await scene([response(204)], { fetch })
    await callbacks.send(message('http://silent.example:8080'))
    await sendAfter(0)
    const [record] = await sender.deliveries()
    expect(record).toMatchObject({ state: 'scheduled', attemptCount: 1 })
    expect(record?.attempts).toMatchObject([{ reason: 'network', detail: 'no response: ETIMEOUT' }])
  })
})
