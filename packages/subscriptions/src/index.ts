export type { Authorize } from './authorize.ts'
export type {
  AttemptBody,
  CountBody,
  DeliveriesBody,
  DeliveriesQuery,
  DeliveryBody,
  DeliveryWithAttemptsBody,
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
export type { SubscriptionOperations } from './operation-types.ts'
export type {
  SubscriptionSender,
  SubscriptionSenderOf,
  SubscriptionsOptions,
} from './options.ts'
export { subscriptions } from './subscriptions.ts'
