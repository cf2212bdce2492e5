import { describe, expect, it } from 'vitest'
import { policy, secrets } from '../test/scene.ts'
import type { SenderOptions } from './options.ts'
import { createSender } from './sender.ts'
import { memoryStore } from './store/memory/memory-store.ts'
import { guardedFetch } from './transport/node/guarded-fetch.ts'

/** Options as JavaScript gives them, which no compiler has checked. */
function build(options: object | undefined) {
  return () => createSender(options as unknown as SenderOptions)
}

const store = memoryStore()

describe('createSender', () => {
  it.each([
    ['no options', undefined, 'option', /give \{ store, secrets, fetch \}/],
    ['no store', { secrets }, 'option', /^store is missing: give a store, such as memoryStore\(\)/],
    [
      'no secrets',
      { store },
      'secret',
      /^secrets is missing: give a list of secrets, newest first/,
    ],
    [
      'one secret as text',
      { store, secrets: secrets[0] },
      'secret',
      /^secrets is text, .*give a list/,
    ],
    [
      'a store that is none',
      { store: {}, secrets },
      'option',
      /^store is an object, .*give a store/,
    ],
    [
      'a misspelled option',
      { store, secrets, scedule: [0] },
      'option',
      /no option 'scedule': did you mean 'schedule'\?/,
    ],
    [
      'another case',
      { store, secrets, payloadlimit: 1 },
      'option',
      /did you mean 'payloadLimit'\?/,
    ],
    [
      'an unknown option',
      { store, secrets, retries: 1 },
      'option',
      /no option 'retries': it takes store, secrets/,
    ],
    [
      'a limit',
      { store, secrets, limits: { endpoint: { concurency: 1 } } },
      'option',
      /^limits\.endpoint has no option 'concurency': did you mean 'concurrency'/,
    ],
    [
      'a retention',
      { store, secrets, retention: { days: 1 } },
      'option',
      /^retention has no option 'days'/,
    ],
    [
      'credentials',
      { store, secrets, credentials: { key: 'hunter2' } },
      'option',
      /^credentials is an object, .*a function for each/,
    ],
    ['a fetch', { store, secrets, fetch: {} }, 'option', /^fetch is an object, .*guardedFetch\(\)/],
    ['a policy', { store, secrets, policy: ['10.0.0.0/8'] }, 'option', /^policy is a list/],
    [
      'an egress',
      { store, secrets, egress: true },
      'option',
      /^egress is a boolean, .*'platform' or 'proxy'/,
    ],
    [
      'a deadline',
      { store, secrets, deadline: '15s' },
      'option',
      /^deadline is text, .*milliseconds/,
    ],
    [
      'a schedule',
      { store, secrets, schedule: 5 },
      'option',
      /^schedule is a number, .*list of delays/,
    ],
    ['a clock', { store, secrets, clock: Date }, 'option', /^clock is a function/],
    ['a redact', { store, secrets, redact: true }, 'option', /^redact is a boolean/],
    ['null', { store, secrets, limits: null }, 'option', /^limits is null/],
  ])('refuses %s', (_, options, code, message) => {
    expect(build(options)).toThrow(expect.objectContaining({ code }))
    expect(build(options)).toThrow(message)
    expect(build(options)).not.toThrow(/hunter2|MfKQ9r8/)
  })

  it('takes each option as undefined, as a spread of optional ones gives it', () => {
    build({ store, secrets, limits: undefined, log: undefined, fetch: undefined })()
  })

  it('says that a function around guardedFetch() has lost its policy', async () => {
    const guarded = guardedFetch({ policy })
    const fetch: typeof globalThis.fetch = (input, init) => guarded(input, init)
    expect(build({ store, secrets, fetch })).toThrow(
      expect.objectContaining({
        code: 'option',
        message: expect.stringMatching(
          /^fetch has no policy to judge URLs by: .*as the option policy/,
        ),
      }),
    )
    // the same rules for both, or somebody else who guards the connections
    build({ store, secrets, fetch, policy: guarded.policy })()
    build({ store, secrets, fetch, egress: 'platform' })()
    build({ store, secrets, fetch: Object.assign(fetch, { policy }) })()
    await guarded.close()
  })
})

describe('a sender', () => {
  it('has no method send, and says how callbacks are sent', () => {
    const sender = createSender({ store, secrets })
    const hook = { '~definition': {} }
    // @ts-expect-error - the type of its parameter says how callbacks are sent
    const send = () => sender.send(hook, { n: 1 })
    expect(send).toThrow(/no method send: send a callback by callbacks\.NAME\.send\(payload\)/)
  })
})
