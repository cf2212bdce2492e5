import { expect } from 'vitest'
import { attributesOf, type Collector, type OtlpSpan } from './collector.ts'
import { CALLER, TOKEN, TRACE } from './send-invoice.ts'

// SpanKind of OTLP
const SERVER = 2
const CLIENT = 3
const PRODUCER = 4
const ERROR = 2

/** Expects the spans of `sendInvoice`: one trace, from the caller of the API to the receiver of its callback. */
export function expectSpans(collector: Collector): void {
  const ofTrace = collector.spans().filter(({ traceId }) => traceId === TRACE)
  const one = (test: (span: OtlpSpan) => boolean): OtlpSpan => {
    const found = ofTrace.filter(test)
    expect(found).toHaveLength(1)
    return found[0] as OtlpSpan
  }
  const request = one(({ parentSpanId }) => parentSpanId === CALLER)
  expect(request).toMatchObject({ kind: SERVER, name: 'POST /invoices/:id' })
  expect(attributesOf(request)).toMatchObject({
    'http.request.method': 'POST',
    'http.route': '/invoices/:id',
    'http.response.status_code': 204,
    'url.scheme': 'http',
    'url.path': '/invoices/7',
    'server.address': 'api.example',
    'server.port': 80,
  })
  const send = one(({ kind }) => kind === PRODUCER)
  expect(send).toMatchObject({ name: 'send paid', parentSpanId: request.spanId })
  expect(attributesOf(send)).toEqual({
    'ringback.callback': 'paid',
    'ringback.operation': 'postInvoicesById',
    'ringback.owner': 'default',
    'ringback.delivery.id': expect.any(String),
    'ringback.delivery.state': 'scheduled',
  })
  const failed = one(({ kind, status }) => kind === CLIENT && status.code === ERROR)
  const succeeded = one(({ kind, status }) => kind === CLIENT && status.code !== ERROR)
  for (const attempt of [failed, succeeded]) {
    expect(attempt).toMatchObject({ name: 'POST', parentSpanId: send.spanId })
    expect(attempt.links).toMatchObject([{ traceId: TRACE, spanId: send.spanId }])
    expect(attributesOf(attempt)).toMatchObject({
      'http.request.method': 'POST',
      'server.address': '127.0.0.1',
      'url.full': expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/REDACTED$/),
      'ringback.delivery.id': attributesOf(send)['ringback.delivery.id'],
    })
    // the receiver continues the trace of the attempt
    const received = one(({ parentSpanId }) => parentSpanId === attempt.spanId)
    expect(received).toMatchObject({ kind: SERVER, name: 'POST /events' })
  }
  expect(attributesOf(failed)).toMatchObject({
    'http.response.status_code': 500,
    'error.type': '500',
    'ringback.attempt.reason': 'status',
  })
  expect(attributesOf(succeeded)).toMatchObject({
    'http.response.status_code': 204,
    'http.request.resend_count': 1,
  })
  // one request to the API, one send, two attempts, each received
  expect(ofTrace).toHaveLength(6)
  expect(collector.bodies.join()).not.toContain(TOKEN)
}

/** Expects the metrics of `sendInvoice`. */
export function expectMetrics(collector: Collector): void {
  const pointsOf = (name: string) => {
    const metric = collector.metrics().find((one) => one.name === name)
    const points = metric?.sum?.dataPoints ?? metric?.histogram?.dataPoints ?? []
    return points.map((point) => ({
      ...attributesOf(point),
      value: Number(point.asInt ?? point.asDouble ?? point.count),
    }))
  }
  const paid = { 'ringback.callback': 'paid', 'ringback.operation': 'postInvoicesById' }
  const state = 'ringback.delivery.state'
  expect(pointsOf('ringback.deliveries')).toEqual(
    expect.arrayContaining([
      { ...paid, [state]: 'scheduled', value: 1 },
      { ...paid, [state]: 'delivered', value: 1 },
      { ...paid, [state]: 'skipped', value: 1 },
    ]),
  )
  expect(pointsOf('ringback.attempt.duration')).toEqual(
    expect.arrayContaining([
      { ...paid, 'http.response.status_code': 500, 'error.type': '500', value: 1 },
      { ...paid, 'http.response.status_code': 204, value: 1 },
    ]),
  )
  expect(pointsOf('ringback.delivery.duration')).toEqual([{ ...paid, value: 1 }])
  expect(pointsOf('http.server.request.duration')).toContainEqual({
    'http.request.method': 'POST',
    'url.scheme': 'http',
    'http.route': '/events',
    'http.response.status_code': 500,
    'error.type': '500',
    value: 1,
  })
  const units = collector.metrics().map(({ name, unit }) => [name, unit])
  expect(Object.fromEntries(units)).toEqual({
    'ringback.deliveries': '{delivery}',
    'ringback.attempt.duration': 's',
    'ringback.delivery.duration': 's',
    'http.server.request.duration': 's',
  })
  const latency = collector.metrics().find(({ name }) => name === 'ringback.delivery.duration')
  expect(latency?.histogram?.dataPoints[0]?.explicitBounds?.at(-1)).toBe(86_400)
  const counter = collector.metrics().find(({ name }) => name === 'ringback.deliveries')
  expect(counter?.sum?.isMonotonic).toBe(true)
}
