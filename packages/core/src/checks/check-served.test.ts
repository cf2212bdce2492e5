import { expect, it, onTestFinished, vi } from 'vitest'
import { createApi } from '../api.ts'
import { callback } from '../builders/callback.ts'
import { group } from '../builders/group.ts'
import { route } from '../builders/route.ts'
import { whenDeclared } from '../builders/when-declared.ts'
import { document } from '../openapi/document.ts'

const info = { title: 'Orders', version: '1.0.0' }
const ping = () =>
  route('post', '/ping')
    .response(204)
    .handle((c) => c.body(null, 204))

it('checks what is served, unless a bundler has left the checks out', async () => {
  const twice = [ping(), ping()]
  expect(() => createApi({ info }, twice)).toThrow('same requests')
  vi.stubGlobal('__RINGBACK_CHECKS__', false)
  onTestFinished(() => void vi.unstubAllGlobals())
  const app = createApi({ info }, twice)
  expect((await app.request('/ping', { method: 'POST' })).status).toBe(204)
  // a document is checked all the same
  expect(() => document({ info }, twice)).toThrow('same requests')
})

it('checks what is declared, unless a bundler has left the checks out', () => {
  const declareTwice = () => route('get', 'ping').response(204).response(204)
  const declareUnknown = () =>
    route('post', '/ping').callback('done', callback('post', '{$request.query.url}') as never)
  expect(declareTwice).toThrow("must begin with '/'")
  expect(declareUnknown).toThrow('declare the query')
  vi.stubGlobal('__RINGBACK_CHECKS__', false)
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(declareTwice).not.toThrow()
  expect(declareUnknown).not.toThrow()
})

it('gives a callback to operations that declare what it reads, also where the checks are left out', () => {
  vi.stubGlobal('__RINGBACK_CHECKS__', false)
  onTestFinished(() => void vi.unstubAllGlobals())
  const shipped = whenDeclared(callback('post', '{$request.query.url}'))
  const operation = group({ prefix: '/orders', callbacks: { shipped } })
    .route('get', '/:id')
    .response(204)
    .handle((c) => c.body(null, 204))
  expect(operation['~definition'].callbacks).toEqual({})
})
