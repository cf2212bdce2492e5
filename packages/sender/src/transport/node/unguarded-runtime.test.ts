import { expect, it, vi } from 'vitest'
import { findEgressError } from '../egress/find-egress-error.ts'
import { guardedFetch } from './guarded-fetch.ts'

// a runtime whose dispatcher ignores its connect, such as Bun with its own undici
const reached = vi.hoisted(() => vi.fn())

vi.mock('undici/index.js', async (importActual) => {
  const actual = await importActual<typeof import('undici/index.js')>()
  class Ignoring extends actual.Agent {
    override dispatch(...[options, handler]: Parameters<typeof actual.Agent.prototype.dispatch>) {
      reached(String(options.origin))
      const controller = { aborted: false, paused: false, reason: null }
      const unused = { abort: () => {}, pause: () => {}, resume: () => {} }
      handler.onResponseStart?.({ ...controller, ...unused }, 204, {})
      return true
    }
  }
  return { ...actual, Agent: Ignoring }
})

it.each(['https://example.com', 'https://127.0.0.1'])(
  'sends nothing to %s where connections cannot be guarded',
  async (origin) => {
    const error = await guardedFetch()(`${origin}/`).catch((error: unknown) => error)

    expect(findEgressError(error)).toMatchObject({ code: 'unguarded' })
    expect(reached.mock.calls.map(([asked]) => asked)).not.toContain(origin)
    expect(reached).toHaveBeenCalled()
  },
)
