// Secrets that a function gives, at once or later.
import { describe, expect, it, vi } from 'vitest'
import { message } from './message.ts'
import { scene, secrets } from './scene.ts'
import { response } from './sink.ts'

function recorder() {
  const errors: string[] = []
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (entry: string | Error) => void errors.push(String(entry)),
  }
  return { log, errors }
}

describe('secrets that may be a promise', () => {
  it('sign with the list that it resolves to, at each attempt', async () => {
    const asked: string[] = []
    const { receiver, callbacks, sendAfter } = await scene([response(500), response(204)], {
      async secrets(owner) {
        asked.push(owner)
        return secrets
      },
    })
    await callbacks.send(message(receiver.url, { owner: 'ann' }))
    await sendAfter(0)
    await sendAfter(5000)
    expect(asked).toEqual(['ann', 'ann'])
    for (const request of receiver.requests)
      expect(request).toMatch(/webhook-signature: v1,\S{44}\r/)
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('vault is sealed')), 'Error: vault is sealed'],
    [
      'throws',
      () => {
        throw new Error('no vault')
      },
      'Error: no vault',
    ],
    ['is empty', async () => [], 'secrets("ann") is empty'],
    ['is one text', async () => secrets[0] as never, 'secrets("ann") is one text: give a list'],
    ['has a gap', async () => [undefined as never], 'secrets("ann")[0] is not set'],
    ['is no secret', async () => ['mysecret'], 'secrets[0] is not 24 to 64 bytes in base64'],
  ])('fail the attempt as internal when it %s, and it is made again', async (_, give, text) => {
    let isBroken = true
    const { log, errors } = recorder()
    const { receiver, callbacks, sendAfter, events } = await scene([response(204)], {
      secrets: () => (isBroken ? give() : secrets),
      log,
    })
    await callbacks.send(message(receiver.url, { owner: 'ann' }))
    await sendAfter(0)
    expect(events.at(-1)).toMatchObject({
      delivery: { state: 'scheduled' },
      attempt: { reason: 'internal' },
    })
    expect(errors).toEqual([expect.stringContaining(text)])
    expect(receiver.requests).toEqual([])
    isBroken = false
    await sendAfter(5000)
    expect(events.at(-1)?.delivery.state).toBe('delivered')
  })

  it('fail the attempt as internal when they do not come within the deadline', async () => {
    const { log, errors } = recorder()
    const give = vi.fn(() => new Promise<never>(() => {}))
    const { receiver, callbacks, sender, clock, events } = await scene([], { secrets: give, log })
    await callbacks.send(message(receiver.url))
    const sent = sender.sendDue()
    await vi.waitFor(() => expect(give).toHaveBeenCalled(), { timeout: 15_000 })
    clock.advance(15_000)
    await sent
    expect(events.at(-1)?.attempt).toMatchObject({ reason: 'internal' })
    expect(errors).toEqual([expect.stringContaining('were not given within the deadline of 15 s')])
  })
})
