export type { Exchange } from '@ringback/expression'
export { type ApiOptions, createApi } from './api.ts'
export { type AnyCallback, type CallbackBuilder, callback } from './callback.ts'
export type {
  CallbackDefinition,
  Method,
  OperationCallback,
  OperationDefinition,
} from './definition.ts'
export type {
  CallbackMessage,
  CallbackSender,
  CallResult,
  DeadReason,
  Delivery,
  DeliveryState,
  ValidatedPart,
} from './delivery.ts'
export { CoreError, type CoreErrorCode } from './errors.ts'
export type {
  BoundCallback,
  OperationContext,
  OperationHandler,
  OperationTools,
} from './hono/context.ts'
export { type DocumentOptions, document } from './openapi/document.ts'
export type { InfoObject, OpenApiDocument, ServerObject } from './openapi/types.ts'
export type { AnyOperation, Operation } from './operation.ts'
export { type ProblemDetails, type ProblemIssue, type ProblemStatus, problem } from './problem.ts'
export { toProblemIssues } from './problem-issue.ts'
export { readBytes } from './read-bytes.ts'
export type { ReferenceOptions } from './reference.ts'
export { type RouteBuilder, route } from './route.ts'
export { type AnySchema, type InputOf, named, type OutputOf } from './schema.ts'
export { isTooDeep } from './too-deep.ts'
