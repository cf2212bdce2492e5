// Who sees what: 'read' sees nothing that was sent, and changes nothing.
import { describe, expect, it } from 'vitest'
import { consoleScene } from '../../test/console-scene.ts'

const SENT = ['hunter2', 'secret note', 'secret header', 'secret answer', 'secret cookie', 'kept-7']

async function setUp() {
  const scene = consoleScene({
    receive: () =>
      new Response('{"reply":"secret answer"}', {
        status: 500,
        headers: { 'x-reply': 'secret cookie' },
      }),
  })
  await scene.order({ id: 'kept-7', note: 'secret note', header: 'secret header' })
  await scene.sender.sendDue()
  const [delivery] = await scene.sender.deliveries()
  const endpoint = await scene.sender.endpoints.create({
    owner: 'ann',
    url: 'https://a.example/hooks/hunter2?key=hunter2',
    headers: { authorization: 'Bearer hunter2' },
  })
  return { ...scene, id: delivery?.id ?? '', endpoint: endpoint.id }
}

describe('read', () => {
  it('sees no payload, header, response, exchange nor the path of a URL, on any page', async () => {
    const { read, id, endpoint } = await setUp()
    for (const path of [
      '',
      '/live.json',
      '/deliveries',
      `/deliveries/${id}`,
      '/endpoints',
      `/endpoints/${endpoint}`,
    ]) {
      const page = await read(path, 'read')
      // its exchange is kept under a key of the application, which is an id
      const text = page.replace(/<dt>Exchange key<\/dt><dd><code>kept-7<\/code>/, '')
      expect([path, SENT.filter((one) => text.includes(one))]).toEqual([path, []])
      expect(page).not.toMatch(/ …<|method="post"/)
    }
    expect(await read(`/deliveries/${id}`, 'read')).toContain('https://receiver.example/••••••')
  })

  it('may do nothing, nor ask for it', async () => {
    const { request, post, sender, id, endpoint } = await setUp()
    const before = JSON.stringify([await sender.deliveries(), await sender.endpoints.list()])
    const paths = [
      `/deliveries/${id}/redrive`,
      `/deliveries/${id}/cancel`,
      '/deliveries/redrive',
      `/endpoints/${endpoint}/rotate`,
      `/endpoints/${endpoint}/disable`,
      `/endpoints/${endpoint}/enable`,
    ]
    for (const path of paths) {
      expect([path, (await request(path, { access: 'read' })).status]).toEqual([path, 403])
      const response = await post(path, { access: 'read', body: 'state=dead' })
      expect([path, response.status]).toEqual([path, 403])
      expect(await response.text()).not.toContain('whsec_')
    }
    expect(JSON.stringify([await sender.deliveries(), await sender.endpoints.list()])).toBe(before)
  })
})

describe('all', () => {
  it('sees what was sent, and every response', async () => {
    const { read, id } = await setUp()
    const page = await read(`/deliveries/${id}`)
    for (const one of SENT) expect(page).toContain(one)
    expect(page).toContain('Evaluated against the exchange that was kept.')
  })

  it('sees a secret once, after it was rotated, and no value of a header of an endpoint', async () => {
    const { read, post, sender, endpoint } = await setUp()
    const old = await sender.endpoints.secret(endpoint)
    const before = await read(`/endpoints/${endpoint}`)
    const response = await post(`/endpoints/${endpoint}/rotate`, { body: 'overlap=0' })
    const page = await response.text()
    const secret = await sender.endpoints.secret(endpoint)
    expect(secret).not.toBe(old)
    expect(page).toContain(`<code>${secret}</code>`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    for (const text of [before, await read(`/endpoints/${endpoint}`), await read('/endpoints')]) {
      expect(text).not.toContain('whsec_')
      expect(text).not.toContain('Bearer hunter2')
    }
    expect(before).toContain('authorization: ••••••')
  })
})
