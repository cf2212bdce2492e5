// What a collector gets over OTLP/HTTP from an application with SDK 3; packages/otel has the same with SDK 2.
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Collector, startCollector } from '../../../packages/otel/test/collector.ts'
import { expectMetrics, expectSpans } from '../../../packages/otel/test/expect-export.ts'
import { sendInvoice } from '../../../packages/otel/test/send-invoice.ts'

let collector: Collector

beforeAll(async () => {
  collector = await startCollector()
  const traces = new OTLPTraceExporter({ url: `${collector.url}/v1/traces` })
  const tracerProvider = new TracerProvider({
    spanProcessors: [new BatchSpanProcessor({ exporter: traces })],
  })
  const exporter = new OTLPMetricExporter({ url: `${collector.url}/v1/metrics` })
  const reader = new PeriodicExportingMetricReader({ exporter })
  const meterProvider = new MeterProvider({ readers: [reader] })
  expect(context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())).toBe(true)
  expect(propagation.setGlobalPropagator(new W3CTraceContextPropagator())).toBe(true)
  expect(trace.setGlobalTracerProvider(tracerProvider)).toBe(true)
  expect(metrics.setGlobalMeterProvider(meterProvider)).toBe(true)
  await sendInvoice()
  await tracerProvider.shutdown()
  await meterProvider.shutdown()
})

afterAll(() => collector.close())

it('exports one trace, from the caller of an API to the receiver of its callback', () => {
  expectSpans(collector)
})

it('exports counters and histograms, with few attributes', () => {
  expectMetrics(collector)
})
