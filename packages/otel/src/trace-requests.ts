import {
  type Attributes,
  context,
  type MeterProvider,
  metrics,
  propagation,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import {
  ERROR_TYPE,
  METHOD,
  ROUTE,
  SCOPE,
  SERVER_ADDRESS,
  SERVER_DURATION,
  SERVER_PORT,
  STATUS,
  URL_PATH,
  URL_SCHEME,
  USER_AGENT,
} from './names.ts'

/** Where spans and metrics go. */
export interface RequestOptions {
  /** The global one, by default. */
  readonly tracerProvider?: TracerProvider
  /** The global one, by default. */
  readonly meterProvider?: MeterProvider
}

// the conventions: an unknown method is one value, so that nobody makes up metrics
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const carrier = {
  keys: (headers: Headers) => [...headers.keys()],
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
}

/**
 * Makes a middleware that continues the trace of a request: a SERVER span, in which what the handler sends has its place,
 * and the duration as a metric. It goes before an API, and before a receiver, which so continues the trace of a callback.
 * A request's query, which may have a callback URL with a token, is left out.
 *
 * @example
 * const app = new Hono().use(traceRequests()).route('/', api)
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function traceRequests(options: RequestOptions = {}): MiddlewareHandler {
  const tracer = (options.tracerProvider ?? trace).getTracer(SCOPE)
  const durations = (options.meterProvider ?? metrics)
    .getMeter(SCOPE)
    .createHistogram(SERVER_DURATION, {
      description: 'Duration of HTTP server requests.',
      unit: 's',
      advice: { explicitBucketBoundaries: BUCKETS },
    })

  return async (c, next) => {
    const startedAt = performance.now()
    const common = describeRequest(c)
    const parent = propagation.extract(context.active(), c.req.raw.headers, carrier)
    const agent = c.req.header('user-agent')
    const span = tracer.startSpan(
      String(common[METHOD]),
      {
        kind: SpanKind.SERVER,
        attributes: {
          ...common,
          [URL_PATH]: c.req.path,
          ...describeServer(c),
          ...(agent !== undefined && { [USER_AGENT]: agent }),
        },
      },
      parent,
    )
    let thrown: unknown
    try {
      await context.with(trace.setSpan(parent, span), next)
    } catch (error) {
      thrown = error ?? new Error()
      throw error
    } finally {
      const result = { ...describeRoute(c), ...describeResult(c, thrown ?? c.error) }
      if (ROUTE in result) span.updateName(`${common[METHOD]} ${result[ROUTE]}`)
      span.setAttributes(result)
      if (ERROR_TYPE in result) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
      durations.record((performance.now() - startedAt) / 1000, { ...common, ...result })
    }
  }
}

function describeRequest({ req }: Context): Attributes {
  const method = METHODS.has(req.method) ? req.method : '_OTHER'
  return { [METHOD]: method, [URL_SCHEME]: new URL(req.url).protocol.slice(0, -1) }
}

function describeServer({ req }: Context): Attributes {
  const { hostname, port, protocol } = new URL(req.url)
  const number = Number(port || (protocol === 'https:' ? 443 : 80))
  return { [SERVER_ADDRESS]: hostname, [SERVER_PORT]: number }
}

/** The path of the operation, known once the request was handled; none where nothing matched. */
function describeRoute(c: Context): Attributes {
  const route = routePath(c, -1)
  return c.res.status === 404 && route.endsWith('*') ? {} : { [ROUTE]: route }
}

function describeResult({ res }: Context, error: unknown): Attributes {
  const isOurs = res.status >= 500 || error !== undefined
  const name = error instanceof Error ? error.name : String(res.status)
  return { [STATUS]: res.status, ...(isOurs && { [ERROR_TYPE]: name }) }
}
