import type { Attributes } from '@opentelemetry/api'
import type { Delivery } from '@ringback/sender'

/** The name of the instrumentation, which every span and metric has. */
export const SCOPE = '@ringback/otel'

// stable names of OpenTelemetry's semantic conventions; every other begins with `ringback.`
export const METHOD = 'http.request.method'
export const STATUS = 'http.response.status_code'
export const RESEND_COUNT = 'http.request.resend_count'
export const ROUTE = 'http.route'
export const ERROR_TYPE = 'error.type'
export const SERVER_ADDRESS = 'server.address'
export const SERVER_PORT = 'server.port'
export const URL_FULL = 'url.full'
export const URL_PATH = 'url.path'
export const URL_SCHEME = 'url.scheme'
export const USER_AGENT = 'user_agent.original'
export const SERVER_DURATION = 'http.server.request.duration'

export const STATE = 'ringback.delivery.state'
export const REASON = 'ringback.delivery.reason'
const CALLBACK = 'ringback.callback'
const OPERATION = 'ringback.operation'

/** Gives the attributes that spans and metrics of a delivery share. Owners and ids are too many for a metric. */
export function describeCallback({ callback, operationId }: Delivery): Attributes {
  return { [CALLBACK]: callback, [OPERATION]: operationId }
}

/** Gives the attributes that spans of a delivery have besides. */
export function describeDelivery(delivery: Delivery): Attributes {
  const { id, owner } = delivery
  return { ...describeCallback(delivery), 'ringback.delivery.id': id, 'ringback.owner': owner }
}
