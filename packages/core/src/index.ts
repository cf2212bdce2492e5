export type { Exchange } from '@ringback/expression'
export { type ApiOptions, createApi } from './api.ts'
export { type CallbackBuilder, callback } from './builders/callback.ts'
export { type Group, type GroupOptions, group } from './builders/group.ts'
export { type AnyLink, type Link, type LinkOptions, link } from './builders/link.ts'
export type { CallbacksOf, Operation } from './builders/operation.ts'
export { route } from './builders/route.ts'
export type { RouteBuilder } from './builders/route-builder.ts'
export { anonymous, anyOf, securityScheme } from './builders/security.ts'
export { type AnyWebhook, type WebhookBuilder, webhook } from './builders/webhook.ts'
export { whenDeclared } from './builders/when-declared.ts'
export type {
  AnyCallback,
  AnyOutgoing,
  BodyOptions,
  CallbackDefinition,
  ContentOptions,
  Description,
  ExternalDocs,
  Method,
  OperationCallback,
  OperationDefinition,
  OutgoingDefinition,
  ResponseDefinition,
  WebhookDefinition,
  WhenDeclared,
} from './definition/definition.ts'
export type {
  CallbackContract,
  CallbackMessage,
  CallbackSender,
  CallResult,
  DeadReason,
  Delivery,
  DeliveryState,
  ExchangePlace,
  KeptExchange,
  PreparedDelivery,
  SendOptions,
  StagedDelivery,
  ValidatedPart,
} from './definition/delivery.ts'
export { CoreError, type CoreErrorCode } from './definition/errors.ts'
export type { InfoObject, OpenApiDocument, ServerObject } from './definition/openapi-types.ts'
export type { AnyOperation } from './definition/operation.ts'
export type { Problem, ProblemDetails, ProblemFormat, ProblemIssue } from './definition/problem.ts'
export { type AnySchema, type InputOf, named, type OutputOf } from './definition/schema.ts'
export type {
  SecurityAlternatives,
  SecurityScheme,
  SecuritySchemeObject,
} from './definition/security.ts'
export type { DeclaredStatus, StatusRange } from './definition/status.ts'
export type {
  BoundCallback,
  BoundExchange,
  OperationContext,
  OperationHandler,
  OperationTools,
} from './hono/context.ts'
export { readBytes } from './hono/read-bytes.ts'
export type { StatusOf } from './hono/response-types.ts'
export { type RuntimeOptions, runtime } from './hono/runtime.ts'
export { type EventStream, type ServerEvent, streamEvents } from './hono/stream-events.ts'
export type { DocumentOptions } from './openapi/document.ts'
export type { ReferenceOptions, ReferenceTheme } from './pages/reference.ts'
export type { ProblemStatus } from './problems/problem.ts'
export { problemFormat } from './problems/problem-format.ts'
export { toProblemIssues } from './problems/problem-issues.ts'
export { problem } from './problems/problem-response.ts'
export { isTooDeep } from './problems/too-deep.ts'
export type { SchemaConverter } from './schemas/json-schema.ts'
