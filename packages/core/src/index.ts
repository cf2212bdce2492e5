export type { Exchange } from '@ringback/expression'
export { type Api, type ApiOptions, createApi } from './api.ts'
export { type CallbackBuilder, callback } from './builders/callback.ts'
export { type Group, type GroupOptions, group } from './builders/group.ts'
export {
  type AnyLink,
  type Link,
  type LinkOptions,
  type LinkProblem,
  type LinkTarget,
  link,
} from './builders/link.ts'
export type { CallbacksOf, Operation } from './builders/operation.ts'
export type {
  CallbackResponseOptions,
  ResponseDescription,
  ResponseOptions,
} from './builders/response.ts'
export { route } from './builders/route.ts'
export type {
  DeclareBody,
  DeclareBodyAs,
  MiddlewareEnv,
  RouteBuilder,
} from './builders/route-builder.ts'
export {
  type AlternativeEnv,
  anonymousAccess,
  anySecurityScheme,
  type SecurityMiddleware,
  securityScheme,
} from './builders/security.ts'
export { type AnyWebhook, type WebhookBuilder, webhook } from './builders/webhook.ts'
export { whenDeclared } from './builders/when-declared.ts'
export type {
  CallbackFor,
  CallbackProblem,
  NameOrProblem,
  OperationDeclarations,
  PathParameterName,
} from './checks/check-types.ts'
export type { ForeignPath, PathProblem } from './checks/path-problem.ts'
export type { BodyProblem, StatusProblem } from './checks/response-problem.ts'
export type { UnlessBodiless } from './checks/unless-bodiless.ts'
export type {
  AnyCallback,
  AnyOutgoing,
  BodyOptions,
  CallbackDefinition,
  ContentDefinition,
  ContentOptions,
  DeliveryOptions,
  ExternalDocs,
  HttpMethod,
  InheritedCallback,
  OperationCallback,
  OperationDefinition,
  OperationLink,
  OperationMetadata,
  OutgoingDefinition,
  OutgoingPart,
  RequestDefinition,
  ResponseDefinition,
  WebhookDefinition,
  WhenDeclared,
} from './definition/definition.ts'
export type {
  CallbackContract,
  CallbackMessage,
  CallbackMethods,
  CallbackSender,
  CallResult,
  DeadReason,
  Delivery,
  DeliveryState,
  DeliveryTerms,
  Enqueued,
  ExchangePlace,
  KeptExchange,
  MessageParts,
  PreparedDelivery,
  SendOptions,
  StagedDelivery,
  ValidatedPart,
} from './definition/delivery.ts'
export { CoreError, type CoreErrorCode } from './definition/errors.ts'
export type {
  ContentObject,
  EncodingObject,
  ExampleObject,
  Examples,
  FieldObject,
  HeaderObject,
  JsonSchema,
  LinkObject,
  MediaTypeObject,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
} from './definition/openapi-message-types.ts'
export type {
  DocumentPatch,
  OpenApiExtensions,
  OpenApiPatch,
  OperationPatch,
  OtherComponentsPatch,
  PathItemPatch,
  PathItemPatches,
} from './definition/openapi-patch.ts'
export type {
  CallbackObject,
  ComponentsObject,
  InfoObject,
  OpenApiDocument,
  OperationObject,
  PathItemObject,
  ReferenceObject,
  SecurityObject,
  ServerObject,
  ServerVariableObject,
  TagObject,
} from './definition/openapi-types.ts'
export type { AnyOperation } from './definition/operation.ts'
export type { ParameterLocation, ParameterPart, PartLocation } from './definition/parts.ts'
export type { NewRoutePlace, RoutePlace } from './definition/place.ts'
export type { Problem, ProblemDetails, ProblemFormat, ProblemIssue } from './definition/problem.ts'
export {
  type AnySchema,
  type InputOf,
  namedSchema,
  type OutputOf,
  type SchemaIssue,
  type SchemaResult,
} from './definition/schema.ts'
export type {
  OAuthFlow,
  SecurityAlternatives,
  SecurityRequirement,
  SecurityScheme,
  SecuritySchemeObject,
} from './definition/security.ts'
export type { SentValue, Undeclared } from './definition/sent-value.ts'
export type { DeclaredStatus, StatusRange } from './definition/status.ts'
export type { AnyAppEntry, AppEntry, AppSchema, EndpointOf } from './hono/app-schema.ts'
export type {
  BoundCallback,
  BoundExchange,
  EnvOf,
  JsonContext,
  KnownEnv,
  NoCallbacks,
  OperationContext,
  OperationHandler,
  OperationTools,
  PartArguments,
  ResponseMethods,
} from './hono/context.ts'
export type { ClientInput, ReceivedBody, ReceivedContent, ValidatedInput } from './hono/input.ts'
export type { JsonOf } from './hono/json-of.ts'
export type {
  DeclaredResponse,
  ResponseBytes,
  ResponseFor,
  ResponseHeaderFields,
  ResponseStatusOf,
  ResponseWithBody,
  ResponseWithJson,
  ResponseWithRedirect,
  ResponseWithText,
  UndeclaredResponse,
} from './hono/response-types.ts'
export { type ApiRuntimeOptions, apiRuntime } from './hono/runtime.ts'
export { type EventStream, type ServerEvent, streamEvents } from './hono/stream-events.ts'
export type { DocumentOptions } from './openapi/document.ts'
export type { OpenApiVersion } from './openapi/version.ts'
export type { ReferencePage } from './pages/reference-page.ts'
export type { ServeOptions } from './pages/serve-document.ts'
export type { ProblemStatus } from './problems/problem.ts'
export { problemFormat } from './problems/problem-format.ts'
export { problemResponse } from './problems/problem-response.ts'
export type { SchemaConverter, Side as SchemaSide } from './schemas/conversion.ts'
