import { expect, it, vi } from 'vitest'
import { findEgressError } from '../egress/find-egress-error.ts'
import { guardedFetch } from './guarded-fetch.ts'

// a runtime whose request ignores the dispatcher, as Bun's stand-in for undici does
const ignoring = vi.hoisted(() => vi.fn(async (_url: string) => new Response('reached')))

vi.mock('undici/index.js', async (importActual) => ({
  ...(await importActual<typeof import('undici/index.js')>()),
  request: ignoring,
}))

it.each(['https://example.com/', 'https://127.0.0.1/'])(
  'sends nothing to %s where connections cannot be guarded',
  async (url) => {
    const error = await guardedFetch()(url).catch((error: unknown) => error)

    expect(findEgressError(error)).toMatchObject({ code: 'unguarded' })
    expect(ignoring.mock.calls.map(([asked]) => asked)).not.toContain(url)
  },
)
