import { describe, expect, it } from 'vitest'
import { consoleScene } from '../../test/console-scene.ts'

const FOREIGN = [
  ['another origin', { origin: 'https://evil.example' }],
  [
    'another origin, by a browser of today',
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  ],
  [
    'another host of the site',
    { origin: 'https://evil.admin.example', 'sec-fetch-site': 'same-site' },
  ],
  ['a page without origin', { origin: 'null' }],
  ['the port beside', { origin: 'http://admin.example:81' }],
  ['nobody known', { origin: '' }],
] as const

async function setUp(status = 500) {
  const answer = { status }
  const scene = consoleScene({ receive: () => new Response(null, answer) })
  const orderDead = async (id: string) => {
    const { id: sent } = await scene.order({ id })
    await scene.sender.sendDue()
    return sent
  }
  return { ...scene, answer, orderDead }
}

const pathOf = (response: Response, path: string) =>
  new URL(response.headers.get('location') ?? '', `http://admin.example/console${path}`).href.slice(
    'http://admin.example/console'.length,
  )

describe('an action', () => {
  it.each(FOREIGN)('is not done for %s', async (_, headers) => {
    const { post, sender, orderDead } = await setUp()
    const id = await orderDead('1')
    const endpoint = await sender.endpoints.create({ owner: 'ann', url: 'https://a.example' })
    for (const path of [
      `/deliveries/${id}/redrive`,
      '/deliveries/redrive',
      `/endpoints/${endpoint.id}/rotate`,
      `/endpoints/${endpoint.id}/disable`,
    ]) {
      const response = await post(path, { ...headers, body: 'state=dead' })
      expect([path, response.status]).toEqual([path, 403])
    }
    expect((await sender.deliveries({ id }))[0]?.state).toBe('dead')
    expect((await sender.endpoints.get(endpoint.id))?.state).toBe('enabled')
  })

  it('is taken from forms alone, by POST alone', async () => {
    const { request, sender, orderDead } = await setUp()
    const id = await orderDead('1')
    const path = `/deliveries/${id}/redrive`
    const origin = 'http://admin.example'
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', '']) {
      const headers = { origin, ...(type !== '' && { 'content-type': type }) }
      expect((await request(path, { method: 'POST', headers })).status).toBe(415)
    }
    expect((await request(path)).status).toBe(200)
    expect((await sender.deliveries({ id }))[0]?.state).toBe('dead')
  })

  it('asks first, and leads to the delivery that it has changed', async () => {
    const { read, post, sender, answer, orderDead } = await setUp()
    const id = await orderDead('1')
    const path = `/deliveries/${id}/redrive`
    expect(await read(path)).toContain('Redrive this delivery?')
    answer.status = 204
    const response = await post(path)
    expect([response.status, pathOf(response, path)]).toEqual([
      303,
      `/deliveries/${id}?done=redrive`,
    ])
    await sender.sendDue()
    expect(await read(`/deliveries/${id}?done=redrive`)).toContain('It is sent again.')
    expect((await sender.deliveries({ id }))[0]?.state).toBe('delivered')

    expect(await read(path)).toContain('as a new delivery')
    const again = pathOf(await post(path), path)
    expect(again).not.toContain(id)
    const [copy] = await sender.deliveries({ state: 'scheduled' })
    expect(again).toBe(`/deliveries/${copy?.id}?done=redrive`)

    const cancel = `/deliveries/${copy?.id}/cancel`
    expect(await read(cancel)).toContain('What is cancelled cannot be redriven.')
    expect((await post(cancel)).status).toBe(303)
    expect((await sender.deliveries({ id: copy?.id ?? '' }))[0]?.state).toBe('cancelled')
    for (const late of [await post(cancel), await post(`/deliveries/${copy?.id}/redrive`)]) {
      expect(late.status).toBe(409)
      expect(await late.text()).toContain('The delivery is cancelled now, and nothing was done.')
    }
  })

  it('sends again all that a filter finds, and nothing else', async () => {
    // its receiver responds 410, which is no failure of its endpoint
    const { read, post, sender, order, orderDead } = await setUp(410)
    for (const owner of ['ann', 'bob']) {
      for (let n = 0; n < 105; n += 1) await order({ id: `${n}` }, { owner })
    }
    await sender.sendDue()
    expect(await sender.deliveries({ state: 'dead', limit: 1000 })).toHaveLength(210)
    const page = await read('/deliveries/redrive?owner=ann&state=delivered')
    expect(page).toContain('Redrive 105 deliveries?')
    const fields = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const body = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]))
    expect([...body.keys()].sort()).toEqual(['owner', 'state', 'until'])
    // one that dies after the page was made is not meant
    await orderDead('later')
    const done = await (await post('/deliveries/redrive', { body: `${body}` })).text()
    expect(done).toContain('105 deliveries are sent again.')
    expect(done).not.toContain('Redrive the rest')
    const waiting = await sender.deliveries({ state: 'scheduled', limit: 1000 })
    expect(waiting).toHaveLength(105)
    expect(new Set(waiting.map(({ owner }) => owner))).toEqual(new Set(['ann']))
    expect(await sender.deliveries({ state: 'dead', limit: 1000 })).toHaveLength(106)
    expect(await read('/deliveries/redrive?owner=nobody')).toContain(
      'The filter finds no dead delivery.',
    )
  })

  it.each([
    ['a time', 'since=2026-99-01T00:00'],
    ['a reason', 'reason=typo'],
    ['a state', 'state=ded'],
    ['a name', 'ownr=ann'],
    ['a length', `owner=${'a'.repeat(3000)}`],
  ])('sends nothing again by a filter that it cannot read, for %s', async (_, filter) => {
    const { request, post, sender, orderDead } = await setUp(410)
    await orderDead('1')
    expect((await request(`/deliveries/redrive?${filter}`)).status).toBe(400)
    const response = await post('/deliveries/redrive', { body: filter })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('Nothing was sent again')
    expect(await sender.deliveries({ state: 'dead' })).toHaveLength(1)
  })

  it('disables and enables an endpoint', async () => {
    const { read, post, sender } = await setUp()
    const { id } = await sender.endpoints.create({ owner: 'ann', url: 'https://a.example' })
    expect(await read(`/endpoints/${id}`)).not.toContain('Enable …')
    const response = await post(`/endpoints/${id}/disable`)
    expect(pathOf(response, `/endpoints/${id}/disable`)).toBe(`/endpoints/${id}?done=disable`)
    expect((await sender.endpoints.get(id))?.state).toBe('disabled')
    expect(await read(`/endpoints/${id}?done=disable`)).toContain('Enable …')
    await post(`/endpoints/${id}/enable`)
    expect((await sender.endpoints.get(id))?.state).toBe('enabled')
  })
})

describe('the list of deliveries', () => {
  it('filters by every member, and pages with a cursor', async () => {
    const { read, order } = await setUp()
    for (let n = 0; n < 60; n += 1)
      await order({ id: `${n}` }, { owner: n % 2 === 0 ? 'ann' : 'bob' })
    const count = async (query: string) =>
      [...(await read(`/deliveries?${query}`)).matchAll(/<th scope="row"/g)].length
    expect(await count('')).toBe(50)
    const first = await read('/deliveries')
    const [, next = ''] = /href="\.\/deliveries\?([^"]+)" rel="next"/.exec(first) ?? []
    expect(await count(next)).toBe(10)
    expect(await read(`/deliveries?${next}`)).toContain('>Newest</a>')
    expect(await count('owner=bob')).toBe(30)
    expect(await count('callback=paid&owner=bob')).toBe(30)
    expect(await count('callback=none')).toBe(0)
    expect(await count('operationId=postOrders')).toBe(50)
    expect(await count('state=dead')).toBe(0)
    expect(await count(`endpoint=${encodeURIComponent('https://receiver.example')}`)).toBe(50)
    const soon = new Date(Date.now() + 120_000).toISOString().slice(0, 16)
    expect(await count(`since=${soon}`)).toBe(0)
    expect(await count(`until=${soon}&owner=ann`)).toBe(30)
    expect(await read(`/deliveries?until=${soon}`)).toContain(`value="${soon}"`)
  })
})
