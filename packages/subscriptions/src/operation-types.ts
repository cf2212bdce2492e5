import type { HttpMethod, NewRoutePlace, Operation } from '@ringback/core'
import type {
  CountBody,
  DeliveriesBody,
  DeliveriesQuery,
  DeliveryBody,
  EndpointBody,
  EndpointChangeBody,
  EndpointsBody,
  EndpointsQuery,
  EndpointWithSecretBody,
  NewEndpointBody,
  ProblemBody,
  RangeBody,
  RecoveryBody,
  RotationBody,
  SchemaOf,
  SecretBody,
} from './bodies.ts'

/** The operations on endpoints, in the order of the document, typed for `hc`. */
export type SubscriptionOperations<TPrefix extends string> = readonly [
  On<'post', TPrefix, { body: NewEndpointBody }, { 201: EndpointWithSecretBody }>,
  On<'get', TPrefix, { query: EndpointsQuery }, { 200: EndpointsBody }>,
  On<'get', `${TPrefix}/:id`, {}, { 200: EndpointBody }>,
  On<'patch', `${TPrefix}/:id`, { body: EndpointChangeBody }, { 200: EndpointBody }>,
  On<'delete', `${TPrefix}/:id`, {}, { 204: undefined }>,
  On<'post', `${TPrefix}/:id/enable`, {}, { 200: EndpointBody }>,
  On<'post', `${TPrefix}/:id/disable`, {}, { 200: EndpointBody }>,
  On<
    'post',
    `${TPrefix}/:id/rotate`,
    { body: RotationBody | undefined },
    { 200: EndpointWithSecretBody }
  >,
  On<'get', `${TPrefix}/:id/secret`, {}, { 200: SecretBody }>,
  On<'post', `${TPrefix}/:id/test`, {}, { 202: DeliveryBody }>,
  On<'get', `${TPrefix}/:id/deliveries`, { query: DeliveriesQuery }, { 200: DeliveriesBody }>,
  On<'post', `${TPrefix}/:id/deliveries/:delivery/redrive`, {}, { 202: DeliveryBody }>,
  On<'post', `${TPrefix}/:id/recover`, { body: RecoveryBody }, { 202: CountBody }>,
  On<'post', `${TPrefix}/:id/replay`, { body: RangeBody }, { 202: CountBody }>,
]

/** One operation, by the types of its request and its responses; it can respond with a problem as well. */
type On<TMethod extends HttpMethod, TPath extends string, TRequest, TResponses> = Operation<
  NewRoutePlace<TMethod, TPath>,
  Schemas<TRequest>,
  Schemas<TResponses> & Readonly<Record<401 | 403 | 404 | 409 | 422, SchemaOf<ProblemBody>>>,
  {}
>

type Schemas<TValues> = {
  readonly [TKey in keyof TValues]: undefined extends TValues[TKey]
    ? TKey extends 'body'
      ? SchemaOf<TValues[TKey]>
      : undefined
    : SchemaOf<TValues[TKey]>
}
