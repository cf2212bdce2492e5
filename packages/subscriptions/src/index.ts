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
  RotationBody,
  SchemaOf,
  SecretBody,
} from './bodies.ts'
export type { SubscriptionOperations, SubscriptionProblems } from './operation-types.ts'
export type {
  EndpointRange,
  SubscriptionSender,
  SubscriptionSenderOf,
  SubscriptionsOptions,
} from './options.ts'
export { subscriptions } from './subscriptions.ts'
