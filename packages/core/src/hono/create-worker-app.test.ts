import type { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createApp } from './create-app.ts'
import { createApp as createWorkerApp } from './create-worker-app.ts'

const PATHS = [
  '/orders/latest',
  '/orders/:id{[0-9]+}',
  '/orders/:id',
  '/orders/:id/:part?',
  '/:kind/:id/items/:item',
  '/files/*',
  '/',
]

const REQUESTS = [
  '/orders/latest',
  '/orders/7',
  '/orders/seven',
  '/orders/7/lines',
  '/orders/a%2Fb',
  '/stock/7/items/bolt',
  '/files/a/b.txt',
  '/files',
  '/',
  '/orders',
  '/orders/7/',
]

function withPaths(app: Hono): Hono {
  for (const path of PATHS) app.get(path, (c) => c.json({ path, params: c.req.param() }))
  return app
}

it.each(REQUESTS)('gives %s to the operation that it has elsewhere', async (path) => {
  const [onWorkers, elsewhere] = await Promise.all(
    [createWorkerApp(), createApp()].map(async (app) => {
      const response = await withPaths(app).request(path)
      return { status: response.status, text: await response.text() }
    }),
  )
  expect(onWorkers).toEqual(elsewhere)
})

it('has the router for all paths alone', () => {
  expect(createWorkerApp().router.name).toBe('TrieRouter')
})
