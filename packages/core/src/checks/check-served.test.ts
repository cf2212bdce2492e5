import { expect, it, onTestFinished, vi } from 'vitest'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
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
