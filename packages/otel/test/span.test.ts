// Spans as an exporter gets them, with providers that are given.
import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import * as conventions from '@opentelemetry/semantic-conventions'
import type { Attempt, Delivery } from '@ringback/sender'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createTracer, traceRequests } from '../src/index.ts'
import * as names from '../src/names.ts'

const delivery: Delivery = {
  id: 'msg_1',
  state: 'scheduled',
  owner: 'ann',
  operationId: 'postInvoices',
  callback: 'paid',
  method: 'post',
  url: 'https://receiver.example/hooks/secret-path?token=secret',
  endpoint: 'https://receiver.example',
  attemptCount: 0,
  createdAt: 0,
}

function providers() {
  const exporter = new InMemorySpanExporter()
  const spanProcessors = [new SimpleSpanProcessor(exporter)]
  const tracerProvider = new BasicTracerProvider({ spanProcessors })
  const last = () => exporter.getFinishedSpans().at(-1)
  return { tracerProvider, last }
}

describe('createTracer', () => {
  it.each<[string, Partial<Attempt>, object, SpanStatusCode]>([
    ['no connection', { reason: 'network' }, { 'error.type': 'network' }, SpanStatusCode.ERROR],
    [
      'a redirect',
      { status: 302, reason: 'redirect' },
      { 'error.type': '302', 'ringback.attempt.reason': 'redirect' },
      SpanStatusCode.ERROR,
    ],
    [
      'a response that breaks its declaration, which has delivered',
      { status: 200, reason: 'declaration' },
      { 'error.type': 'declaration', 'http.response.status_code': 200 },
      SpanStatusCode.UNSET,
    ],
  ])('describes %s', (_, attempt, attributes, code) => {
    const { tracerProvider, last } = providers()
    const span = createTracer({ tracerProvider }).beginAttempt(delivery, undefined)
    span?.end({ startedAt: 0, duration: 1, ...attempt })
    expect(last()?.attributes).toMatchObject(attributes)
    expect(last()?.status.code).toBe(code)
    expect(JSON.stringify(last()?.attributes)).not.toContain('secret')
  })

  it.each([
    [
      'one that is dead at once',
      { delivery: { ...delivery, state: 'dead', reason: 'blocked' } },
      'blocked',
    ],
    ['one with no URL', { delivery: { ...delivery, state: 'unresolvable' } }, 'unresolvable'],
    ['an error with a code', { error: Object.assign(new Error('x'), { code: 'full' }) }, 'full'],
    ['another error', { error: new TypeError('secret') }, 'TypeError'],
    ['what is no error', { error: 'secret' }, '_OTHER'],
  ] as const)('describes a send that fails: %s', (_, result, type) => {
    const { tracerProvider, last } = providers()
    createTracer({ tracerProvider }).beginSend(delivery)?.end(result)
    expect(last()?.attributes['error.type']).toBe(type)
    expect(last()?.status).toEqual({ code: SpanStatusCode.ERROR })
  })

  it('continues a trace with its state, sampled or not', () => {
    const { tracerProvider } = providers()
    const tracer = createTracer({ tracerProvider })
    for (const flags of ['00', '01']) {
      const traceparent = `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${flags}`
      const span = tracer.beginAttempt(delivery, { traceparent, tracestate: 'vendor=1' })
      expect(span?.context).toEqual({
        traceparent: expect.stringMatching(
          new RegExp(`^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067)[0-9a-f]{16}-${flags}$`),
        ),
        tracestate: 'vendor=1',
      })
    }
  })

  it('makes a call a child of what calls, and a stored delivery without a trace one of nobody', () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    const { tracerProvider, last } = providers()
    const tracer = createTracer({ tracerProvider })
    const caller = tracerProvider.getTracer('test').startSpan('caller')
    const parentOf = (state: Delivery['state']) =>
      context.with(trace.setSpan(context.active(), caller), () => {
        tracer
          .beginAttempt({ ...delivery, state }, undefined)
          ?.end({ startedAt: 0, duration: 1, status: 200 })
        return last()?.parentSpanContext?.spanId
      })
    expect(parentOf('scheduled')).toBe(caller.spanContext().spanId)
    expect(parentOf('sending')).toBeUndefined()
  })

  it('has no trace without an SDK', () => {
    expect(createTracer().beginSend(delivery)).toBeUndefined()
    expect(createTracer().beginAttempt(delivery, undefined)).toBeUndefined()
  })
})

describe('traceRequests', () => {
  it.each([
    ['an error of a handler', '/fails', 'GET /fails', { 'error.type': 'RangeError' }],
    ['a request that nothing handles', '/nowhere', 'GET', { 'http.response.status_code': 404 }],
    ['404 of a handler', '/things/7', 'GET /things/:id', { 'http.route': '/things/:id' }],
  ])('describes %s', async (_, path, name, attributes) => {
    const { tracerProvider, last } = providers()
    const app = new Hono()
      .use(traceRequests({ tracerProvider }))
      .get('/fails', () => {
        throw new RangeError('secret')
      })
      .get('/things/:id', (c) => c.body(null, 404))
      .onError((_error, c) => c.body(null, 500))
    await app.request(`${path}?token=secret`)
    expect(last()?.name).toBe(name)
    expect(last()?.attributes).toMatchObject(attributes)
    expect(JSON.stringify([last()?.attributes, last()?.events])).not.toContain('secret')
  })
})

it('names are those of the conventions, or begin with ringback', () => {
  const stable = new Set<unknown>(Object.values(conventions))
  const ours = Object.values(names).filter((name) => typeof name === 'string')
  const other = ours.filter((name) => !stable.has(name) && !name.startsWith('ringback.'))
  expect(other).toEqual([names.SCOPE])
  expect(ours).toContain(conventions.ATTR_HTTP_RESPONSE_STATUS_CODE)
})
