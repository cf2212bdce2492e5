import { expect, it, onTestFinished, vi } from 'vitest'
import { durableObjectStore } from './durable-object-store.ts'
import { DurableObjectError } from './errors.ts'
import type { StoreCall } from './store-call.ts'

const COUNTED = {
  since: 0,
  waiting: { scheduled: 2, parked: 0, sending: 0 },
  counts: new Map([['end delivered', 3]]),
}

/** A store in two objects, the second of which fails. */
function setUp(failure: Error, values: Partial<Record<StoreCall['method'], unknown>>) {
  const logged = vi.spyOn(console, 'error').mockReturnValue()
  onTestFinished(() => logged.mockRestore())
  const store = durableObjectStore(
    {
      idFromName: (name) => ({ name }),
      get: (id) => ({
        async execute({ method }: StoreCall) {
          if ('name' in id && id.name === 'ringback-1') throw failure
          return { value: values[method] }
        },
      }),
    },
    { shards: 2 },
  )
  return { store, logged }
}

it('counts and lists what the objects have that respond, and says which is missing', async () => {
  const values = { stats: COUNTED, query: [{ id: 'msg_1' }], find: undefined, erase: 0 } as const
  const { store, logged } = setUp(new Error('the object is gone'), values)
  expect(await store.stats?.({ since: 0 })).toEqual({ ...COUNTED, missing: [1] })
  expect(await store.query()).toEqual([{ id: 'msg_1' }])
  expect(logged).toHaveBeenCalledTimes(2)
  // none of those that respond has it, and the other may
  await expect(store.find('msg_2')).rejects.toThrow('the object is gone')
  await expect(store.erase({ id: 'msg_2' })).rejects.toThrow('the object is gone')
})

it('does not take an object for missing that was reached with wrong options', async () => {
  const wrong = new DurableObjectError('shards', 'there were more objects')
  const { store } = setUp(wrong, { stats: COUNTED, query: [] })
  await expect(store.stats?.({ since: 0 })).rejects.toBe(wrong)
  await expect(store.query()).rejects.toBe(wrong)
})

it('has no endpoints where a bundler has left webhooks out', async () => {
  vi.stubGlobal('__RINGBACK_WEBHOOKS__', false)
  onTestFinished(() => void vi.unstubAllGlobals())
  const { store } = setUp(new Error('the object is gone'), {})
  await expect(store.endpoints.query({})).rejects.toThrow(
    expect.objectContaining({
      code: 'option',
      message: expect.stringContaining('remove __RINGBACK_WEBHOOKS__'),
    }),
  )
})
