export { createTracer, type TracerOptions } from './create-tracer.ts'
export { type MetricsOptions, recordMetrics } from './record-metrics.ts'
export { type RequestOptions, traceRequests } from './trace-requests.ts'
