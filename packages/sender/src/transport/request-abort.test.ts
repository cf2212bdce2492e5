import { describe, expect, it } from 'vitest'
import { createRequestAbort, toAbortSignal } from './request-abort.ts'

describe('createRequestAbort', () => {
  it('tells its listeners once, and those that have left nothing', () => {
    const { signal, abort } = createRequestAbort()
    const told: string[] = []
    const leave = () => told.push('left')
    signal.addEventListener('abort', () => told.push('first'))
    signal.addEventListener('abort', leave)
    signal.removeEventListener('abort', leave)
    expect([signal.aborted, signal.reason]).toEqual([false, undefined])
    abort()
    abort()
    expect(told).toEqual(['first'])
    expect(signal.aborted).toBe(true)
    expect(signal.reason).toMatchObject({ name: 'AbortError' })
  })
})

describe('toAbortSignal', () => {
  it.each(['before', 'after'])('follows an abort %s the call', (when) => {
    const { signal, abort } = createRequestAbort()
    if (when === 'before') abort()
    const platforms = toAbortSignal(signal)
    if (when === 'after') abort()
    expect(platforms.aborted).toBe(true)
    expect(platforms.reason).toBe(signal.reason)
  })

  it('gives a signal of the platform back', () => {
    const { signal } = new AbortController()
    expect(toAbortSignal(signal)).toBe(signal)
  })
})
