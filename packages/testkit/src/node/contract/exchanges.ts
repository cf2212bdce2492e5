import assert from 'node:assert/strict'
import type { KeptExchange } from '@ringback/sender'
import { delivery } from './scene.ts'
import type { Cases } from './store-contract.ts'

const DEAD = { state: 'dead', reason: 'exhausted', attemptCount: 7 } as const

function kept(change: Partial<KeptExchange> = {}): KeptExchange {
  const url = 'https://api.example/?callback_url=https%3A%2F%2Fa.example'
  return {
    owner: 'default',
    operationId: 'postInvoices',
    key: 'a',
    callbacks: {
      paid: {
        key: '{$request.query.callback_url}',
        exchange: {
          request: { method: 'POST', url, pathParams: {}, headers: {}, body: { '€': [1, null] } },
          response: { status: 201, headers: { location: '/invoices/1' } },
        },
      },
    },
    validated: ['query'],
    ...change,
  }
}

/** How a store keeps exchanges that outlive their request. */
export const EXCHANGES: Cases = {
  async 'keeps one exchange for each owner, operation and key, and never overwrites it'({ store }) {
    const others = [
      kept({ owner: 'ann' }),
      kept({ operationId: 'putInvoices' }),
      kept({ key: 'b' }),
    ]
    for (const exchange of [kept(), ...others]) {
      assert.equal(await store.keepExchange(exchange), true)
      assert.equal(await store.keepExchange({ ...exchange, validated: [], callbacks: {} }), false)
    }
    for (const exchange of [kept(), ...others]) {
      const { owner, operationId, key } = exchange
      assert.deepEqual(await store.findExchange({ owner, operationId, key }), exchange)
    }
    const place = { owner: 'bob', operationId: 'postInvoices', key: 'a' }
    assert.equal(await store.findExchange(place), undefined)
  },

  async 'erases exchanges by owner, key and age, and gives how many'({ store, time }) {
    await store.keepExchange(kept())
    await store.keepExchange(kept({ operationId: 'putInvoices' }))
    await store.keepExchange(kept({ owner: 'ann' }))
    time.at = 2000
    await store.keepExchange(kept({ owner: 'ann', key: 'b' }))
    assert.equal(await store.eraseExchanges({ owner: 'default', key: 'b' }), 0)
    assert.equal(await store.eraseExchanges({ owner: 'default', key: 'a', limit: 1 }), 1)
    assert.equal(await store.eraseExchanges({ owner: 'default', key: 'a' }), 1)
    assert.equal(await store.eraseExchanges({ age: 0 }), 1)
    assert.equal(await store.eraseExchanges({ age: 0 }), 0)
    assert.equal(await store.eraseExchanges({ owner: 'ann' }), 1)
    assert.equal(await store.keepExchange(kept()), true)
  },

  async 'erases deliveries that were sent from a kept exchange'({ store }) {
    const dead = (id: string, exchangeKey: string) => {
      const { dueAt: _, ...rest } = delivery(id, { ...DEAD, exchangeKey })
      return rest
    }
    await store.enqueue(dead('msg_1', 'a'))
    await store.enqueue(dead('msg_2', 'b'))
    await store.enqueue(delivery('msg_3', { exchangeKey: 'a' }))
    assert.equal((await store.query({ id: 'msg_1' }))[0]?.exchangeKey, 'a')
    assert.equal(await store.erase({ owner: 'default', exchangeKey: 'a' }), 1)
    assert.deepEqual(
      (await store.query()).map(({ id }) => id),
      ['msg_3', 'msg_2'],
    )
  },
}
