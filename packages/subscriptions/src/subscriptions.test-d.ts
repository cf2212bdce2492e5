import { createApi, route, webhook } from '@ringback/core'
import { hc } from 'hono/client'
import * as v from 'valibot'
import { fakeSender } from '../test/fake-sender.ts'
import type { EndpointBody } from './bodies.ts'
import { subscriptions } from './subscriptions.ts'

const paid = webhook('post', 'paid')
  .body(v.object({ id: v.string() }))
  .response(204)
const readItem = route('get', '/items/:id')
  .response(200, v.string())
  .handle((c) => c.json('a', 200))
const options = { authorize: () => 'a', webhooks: [paid] }

const app = createApi({ info: { title: 'T', version: '1' } }, [
  readItem,
  ...subscriptions(fakeSender(), options),
])
const client = hc<typeof app>('http://localhost')

export async function calls(): Promise<void> {
  const created = await client.endpoints.$post({ json: { url: 'https://example.com' } })
  if (created.status === 201) (await created.json()).secret satisfies string
  // @ts-expect-error the URL is required
  await client.endpoints.$post({ json: {} })

  const list = await client.endpoints.$get({ query: { limit: 1 } })
  if (list.status === 200) (await list.json()).endpoints[0] satisfies EndpointBody | undefined

  const at = { param: { id: 'ep_1' } }
  const changed = await client.endpoints[':id'].$patch({ ...at, json: { description: null } })
  if (changed.status === 200) (await changed.json()).events satisfies readonly string[]
  await client.endpoints[':id'].rotate.$post({ ...at, json: undefined })
  await client.endpoints[':id'].rotate.$post({ ...at, json: { overlap: 1 } })
  await client.endpoints[':id'].$delete(at)
  // @ts-expect-error there is no such operation
  await client.endpoints[':id'].$put(at)

  const found = await client.endpoints[':id'].deliveries.$get({ ...at, query: { state: 'dead' } })
  if (found.status === 200)
    (await found.json()).deliveries[0]?.attempts[0]?.status satisfies number | undefined
}

const prefixed = createApi(
  { info: { title: 'T', version: '1' } },
  subscriptions(fakeSender(), { ...options, prefix: '/tenants/:tenant/hooks' }),
)

export async function prefixedCalls(): Promise<void> {
  const { tenants } = hc<typeof prefixed>('http://localhost')
  await tenants[':tenant'].hooks[':id'].$get({ param: { tenant: 'a', id: 'ep_1' } })
}
