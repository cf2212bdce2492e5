// An API that knows its callers, and treats them as one owner, is told.
import { type ApiOptions, callback, createApi, route, securityScheme } from '@ringback/core'
import { createSender, type Log, memoryStore } from '@ringback/sender'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'

const info = { title: 'Orders', version: '1.0.0' }
const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const key = securityScheme('key', { type: 'apiKey', in: 'header', name: 'x-key' }, (_, next) =>
  next(),
)
const paid = callback('post', '{$request.body#/url}').response(204)
const base = route('post', '/orders')
  .body(v.object({ url: v.optional(v.string()) }))
  .response(204)
  .callback('paid', paid)

type Base = Pick<typeof base, 'handle'>

/** The warnings of an API after four requests that send, and two that keep. */
async function warningsOf(operation: Base, options: Partial<ApiOptions> = {}): Promise<string[]> {
  const warnings: string[] = []
  const ignore = () => {}
  const log: Log = {
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (entry) => warnings.push(String(entry)),
  }
  const sender = createSender({ store: memoryStore(), secrets, log })
  let count = 0
  const handled = operation.handle(async (c, { callbacks, exchange }) => {
    count += 1
    if (count > 4) await exchange.keep(`order ${count}`)
    else await callbacks.paid.send()
    return c.body(null, 204)
  })
  const app = createApi({ info, sender, ...options }, [handled])
  for (let index = 0; index < 6; index += 1) {
    const headers = { 'content-type': 'application/json' }
    const response = await app.request('/orders', { method: 'POST', headers, body: '{}' })
    expect(response.status).toBe(204)
  }
  return warnings
}

describe('an API with callers and without the option owner', () => {
  it('is told once that they share limits, dedupe keys and kept exchanges', async () => {
    expect(await warningsOf(base.security(key))).toEqual([
      "ringback: POST /orders declares security, but the API has no option owner: all its callers share limits, breakers, dedupe keys and kept exchanges; name the caller, such as owner: (c) => c.get('user').id, or write owner: () => 'default' if there is one",
    ])
  })

  it.each([
    ['without security', base, {}],
    ['with owners', base.security(key), { owner: () => 'ann' }],
    ['with one owner that is named', base.security(key), { owner: () => 'default' }],
  ])('is not told %s', async (_, operation, options) => {
    expect(await warningsOf(operation as Base, options)).toEqual([])
  })
})
