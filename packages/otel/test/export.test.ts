// What a collector gets over OTLP/HTTP from an application with SDK 2; apps/checks has the same with SDK 3.
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Collector, startCollector } from './collector.ts'
import { expectMetrics, expectSpans } from './expect-export.ts'
import { sendInvoice } from './send-invoice.ts'

let collector: Collector

beforeAll(async () => {
  collector = await startCollector()
  const traces = new OTLPTraceExporter({ url: `${collector.url}/v1/traces` })
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [new BatchSpanProcessor(traces)],
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
