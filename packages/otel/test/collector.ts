import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Value = { readonly stringValue?: string; readonly intValue?: number | string }

/** A span as OTLP writes it in JSON. */
export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: readonly { readonly key: string; readonly value: Value }[]
  readonly links?: readonly { readonly spanId: string; readonly traceId: string }[]
  readonly status: { readonly code?: number }
}

/** A point of a metric as OTLP writes it in JSON. */
export interface OtlpPoint {
  readonly attributes: OtlpSpan['attributes']
  readonly asInt?: number | string
  readonly asDouble?: number
  readonly count?: number | string
  readonly sum?: number
  readonly explicitBounds?: readonly number[]
}

/** A metric as OTLP writes it in JSON. */
export interface OtlpMetric {
  readonly name: string
  readonly unit: string
  readonly sum?: { readonly isMonotonic: boolean; readonly dataPoints: readonly OtlpPoint[] }
  readonly histogram?: { readonly dataPoints: readonly OtlpPoint[] }
}

interface Exported {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  }[]
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[]
  }[]
}

/** A collector that takes OTLP/HTTP in JSON on a loopback socket. */
export interface Collector {
  readonly url: string
  /** The bodies received. */
  readonly bodies: readonly string[]
  spans(): OtlpSpan[]
  /** The metrics of the last export. */
  metrics(): OtlpMetric[]
  close(): Promise<void>
}

/** Starts a collector. */
export async function startCollector(): Promise<Collector> {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    bodies.push(await read(request))
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const exported = () => bodies.map((body) => JSON.parse(body) as Exported)
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    spans: () =>
      exported().flatMap(({ resourceSpans = [] }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    metrics: () =>
      (exported().findLast((one) => one.resourceMetrics)?.resourceMetrics ?? []).flatMap(
        ({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Gives the attributes of a span or a point as an object. */
export function attributesOf({ attributes }: Pick<OtlpSpan, 'attributes'>) {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  )
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
