// The trace of a send: kept with its delivery, and told to hosts that are one's own.
import { webhook } from '@ringback/core'
import { describe, expect, it } from 'vitest'
import { generateMasterKey } from '../src/endpoints/generate-master-key.ts'
import type { Tracer } from '../src/operate/tracer.ts'
import { createSender } from '../src/sender.ts'
import { message } from './message.ts'
import { scene, secrets } from './scene.ts'
import { response } from './sink.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SENT = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, tracestate: 'vendor=1' }
const ATTEMPT = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` }

/** A tracer that notes what it is told. */
function notingTracer(change: Partial<Tracer> = {}) {
  const notes: unknown[] = []
  const tracer: Tracer = {
    beginSend(delivery) {
      notes.push(['send', delivery.callback, delivery.state])
      return {
        context: SENT,
        end: (result) =>
          notes.push(
            'error' in result ? ['failed', result.error] : ['sent', result.delivery.state],
          ),
      }
    },
    beginAttempt(delivery, kept) {
      notes.push(['attempt', delivery.attemptCount, kept])
      return { context: ATTEMPT, end: ({ status }) => notes.push(['attempted', status]) }
    },
    ...change,
  }
  return { tracer, notes }
}

describe('a tracer', () => {
  it('is told of sends and attempts, and the trace is kept with the delivery', async () => {
    const { tracer, notes } = notingTracer()
    const { callbacks, receiver, store, sendAfter } = await scene([response(500), response(200)], {
      tracer,
    })
    const { id } = await callbacks.send(message(receiver.url))
    expect((await store.find(id))?.settings).toEqual({ trace: SENT })
    await sendAfter(0)
    await sendAfter(60_000)
    expect(notes).toEqual([
      ['send', 'invoiceNotification', 'scheduled'],
      ['sent', 'scheduled'],
      ['attempt', 0, SENT],
      ['attempted', 500],
      ['attempt', 1, SENT],
      ['attempted', 200],
    ])
    expect(receiver.requests.join()).not.toContain('traceparent')
  })

  it('is told of a webhook that is published, whose attempts belong to it', async () => {
    const { tracer, notes } = notingTracer()
    const { sender, receiver, store, sendAfter } = await scene([response(204), response(204)], {
      tracer,
      masterKey: generateMasterKey(),
    })
    const owner = 'ann'
    const paid = webhook('post', 'paid').response(204)
    await sender.publish(paid, undefined, { owner })
    expect(notes).toEqual([
      ['send', 'paid', 'scheduled'],
      ['sent', 'skipped'],
    ])
    for (const path of ['a', 'b']) {
      await sender.endpoints.create({ owner, url: `${receiver.url}/${path}` })
    }
    await sender.publish(paid, undefined, { owner })
    expect(notes.slice(2)).toEqual([
      ['send', 'paid', 'scheduled'],
      ['sent', 'scheduled'],
    ])
    await sendAfter(0)
    const attempts = notes.slice(4).filter((note) => String(note).startsWith('attempt,'))
    expect(attempts).toEqual([
      ['attempt', 0, SENT],
      ['attempt', 0, SENT],
    ])
    store.endpoints.publish = () => Promise.reject(new Error('the disk is full'))
    await expect(sender.publish(paid, undefined, { owner })).rejects.toThrow('the disk is full')
    expect(notes.at(-1)).toEqual(['failed', new Error('the disk is full')])
  })

  it('hears of a send that is not stored, and of none that is skipped', async () => {
    const { tracer, notes } = notingTracer()
    const { callbacks, receiver, store } = await scene([], { tracer })
    await callbacks.send(message(undefined))
    expect(notes).toEqual([])
    store.enqueue = () => Promise.reject(new Error('the disk is full'))
    await expect(callbacks.send(message(receiver.url))).rejects.toThrow('the disk is full')
    expect(notes.at(-1)).toEqual(['failed', new Error('the disk is full')])
  })

  it('hears of a call, whose trace is that of its one attempt', async () => {
    const { tracer, notes } = notingTracer()
    const { callbacks, receiver, store } = await scene([response(200, {}, '{"ok":true}')], {
      tracer,
      ownHosts: ['127.0.0.1'],
    })
    const { delivery } = await callbacks.call(message(receiver.url))
    expect(notes).toEqual([
      ['attempt', 0, undefined],
      ['attempted', 200],
    ])
    expect(receiver.requests[0]).toContain(`traceparent: ${ATTEMPT.traceparent}`)
    expect((await store.find(delivery.id))?.settings).toEqual({ trace: ATTEMPT })
  })

  it('that throws, or gives no trace, stops no delivery, and what it throws is logged', async () => {
    const lines: unknown[] = []
    const take = (entry: unknown) => lines.push(entry)
    const wrong = [
      { beginSend: () => failing(), beginAttempt: () => failing() },
      { beginSend: () => ({ context: { traceparent: 'a\r\nb: c' }, end: failing }) },
    ]
    for (const change of wrong) {
      const { callbacks, receiver, store, sendAfter } = await scene([response(200)], {
        tracer: notingTracer(change).tracer,
        ownHosts: ['127.0.0.1'],
        log: { debug: take, info: take, warn: take, error: take },
      })
      const { id } = await callbacks.send(message(receiver.url))
      expect((await store.find(id))?.settings).toBeUndefined()
      expect(await sendAfter(0)).toBe(1)
      expect((await store.find(id))?.state).toBe('delivered')
    }
    expect(lines).toEqual([new Error('no tracer'), new Error('no tracer')])
  })
})

describe('ownHosts', () => {
  it.each([
    ['a host of its own', ['127.0.0.0/8'], true],
    ['another port of it', ['127.0.0.1:1'], false],
    ['another host', ['receiver.internal'], false],
  ])('decide who is told the trace: %s', async (_, ownHosts, isTold) => {
    const { tracer } = notingTracer({ beginAttempt: () => undefined })
    const options = { tracer, ownHosts }
    const { callbacks, receiver, sendAfter } = await scene([response(200)], options)
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const request = String(receiver.requests[0])
    expect(request.includes(`traceparent: ${SENT.traceparent}\r\n`)).toBe(isTold)
    expect(request.includes('tracestate: vendor=1\r\n')).toBe(isTold)
  })

  it('are told the trace of the attempt, where the tracer has one', async () => {
    const options = { tracer: notingTracer().tracer, ownHosts: ['127.0.0.1'] }
    const { callbacks, receiver, sendAfter } = await scene([response(200)], options)
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    expect(receiver.requests[0]).toContain(`traceparent: ${ATTEMPT.traceparent}\r\n`)
  })

  it('are refused where they are none', async () => {
    const { store } = await scene([])
    expect(() => createSender({ store, secrets, ownHosts: ['https://a.example'] })).toThrow(
      /^ownHosts\[0\] is not a host: give a host name/,
    )
  })
})

function failing(): never {
  throw new Error('no tracer')
}
