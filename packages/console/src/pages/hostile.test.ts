// Everything that a stranger may choose is shown as text.
import { describe, expect, it } from 'vitest'
import { consoleScene, orderPaid } from '../../test/console-scene.ts'

const MARKUP = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`
const ESCAPED = '&lt;script&gt;alert(1)&lt;/script&gt;'

const TAG = /<\/?[a-z][a-z0-9]*(?:\s+[a-z][\w:-]*(?:="[^"<>]*")?)*\s*\/?>/gi

/** What of a page is no tag of ours, or has a handler or a link that runs. */
function findInjected(page: string): readonly string[] {
  const tags = page.match(TAG) ?? []
  const rest = page.replace('<!doctype html>', '').replace(TAG, '')
  return [
    ...(rest.match(/<.{0,40}/gs) ?? []),
    ...tags.filter((tag) => /^<script(?! src="[./]+(?:console\/)?script\.js\?)/i.test(tag)),
    ...tags.filter((tag) => /\son\w+/i.test(tag.replace(/"[^"]*"/g, ''))),
    ...tags.filter((tag) => /(?:href|src|action)="\s*(?:javascript|data|https?):/i.test(tag)),
  ]
}

describe('hostile text', () => {
  it('of owners, payloads, headers, responses, failures and names is escaped', async () => {
    const { order, sender, read } = consoleScene({
      receive: () => new Response(`${MARKUP}`, { status: 500, headers: { 'x-reply': '<script>' } }),
    })
    await order({ id: `kept${MARKUP}`, note: MARKUP, header: '<script>' }, { owner: MARKUP })
    await sender.sendDue()
    const [delivery] = await sender.deliveries()
    const page = await read(`/deliveries/${delivery?.id}`)
    expect(page.split(ESCAPED).length).toBeGreaterThan(6)
    for (const path of [
      '',
      '/deliveries',
      `/deliveries/${delivery?.id}`,
      `/deliveries/${delivery?.id}/redrive`,
    ]) {
      expect([path, findInjected(await read(path))]).toEqual([path, []])
    }
    expect(await read('/deliveries')).toContain(ESCAPED)
  })

  it('of URLs is no link', async () => {
    const { order, read } = consoleScene()
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'https://a.example/"><script>',
    ]) {
      const { id, detail } = await order({ id: '1' }, { url })
      for (const path of ['/deliveries', `/deliveries/${id}`]) {
        expect([url, findInjected(await read(path))]).toEqual([url, []])
      }
      expect(detail ?? '').not.toContain('<script>')
    }
  })

  it('of endpoints and their descriptions and metadata is escaped', async () => {
    const { sender, read, request } = consoleScene()
    const endpoint = await sender.endpoints.create({
      owner: MARKUP,
      url: 'https://a.example/?q=%22%3E%3Cscript%3E',
      description: MARKUP,
      metadata: { '<script>': MARKUP },
      externalId: MARKUP,
    })
    await sender.publish(orderPaid, { note: MARKUP }, { owner: MARKUP })
    for (const path of [
      '/endpoints',
      `/endpoints/${endpoint.id}`,
      `/endpoints/${endpoint.id}/rotate`,
      '/deliveries',
    ]) {
      const page = await read(path)
      expect([path, findInjected(page)]).toEqual([path, []])
      expect(page).toContain(ESCAPED)
    }
    // what a link has in its query comes back to a field
    const query = new URLSearchParams({
      owner: MARKUP,
      callback: MARKUP,
      endpoint: MARKUP,
      id: MARKUP,
    })
    for (const path of ['/deliveries', '/endpoints', '/deliveries/redrive']) {
      const response = await request(
        `${path}?${query}&state=dead&cursor=${encodeURIComponent(MARKUP)}`,
      )
      expect([path, findInjected(await response.text())]).toEqual([path, []])
    }
  })

  it('of a query selects nothing, and breaks nothing', async () => {
    const { order, request } = consoleScene()
    await order({ id: '1' })
    const long = 'x'.repeat(100_000)
    for (const query of [
      'state=nothing&reason=__proto__',
      'since=yesterday&until=2026-13-45T99:99',
      'since=%00&cursor=%00',
      `owner=${long}`,
      `cursor=${long}`,
      'cursor=%ED%A0%80',
      'state=dead&state=delivered',
      'window=__proto__&done=constructor',
    ]) {
      for (const path of ['', '/deliveries', '/endpoints']) {
        const { status } = await request(`${path}?${query}`)
        expect([path, query, status]).toEqual([path, query, 200])
      }
      // what cannot be read is refused there, since less of a filter finds more
      const { status } = await request(`/deliveries/redrive?${query}`)
      expect([200, 400], query).toContain(status)
    }
  })

  it('of an id is an id that is not there', async () => {
    const { request } = consoleScene()
    for (const id of ['constructor', '%3Cscript%3E', '..%2F..%2Fetc', '%00', 'x'.repeat(5000)]) {
      for (const path of [
        `/deliveries/${id}`,
        `/deliveries/${id}/redrive`,
        `/endpoints/${id}`,
        `/endpoints/${id}/rotate`,
      ]) {
        const response = await request(path)
        expect([path, response.status]).toEqual([path, 404])
        expect(findInjected(await response.text())).toEqual([])
      }
    }
    expect((await request('/deliveries/msg_1/constructor')).status).toBe(404)
  })

  it('is shown in full where it is long, up to a limit', async () => {
    const { order, read } = consoleScene()
    const { id } = await order({ id: 'a', note: 'y'.repeat(500_000) })
    const page = await read(`/deliveries/${id}`)
    expect(page.length).toBeLessThan(60_000)
    expect(page).toContain('The rest of 488.3 KiB is not shown.')
  })
})
