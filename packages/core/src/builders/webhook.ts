import { payloadSenderOf } from '../checks/payload-sender.ts'
import type { BodyProblem, StatusProblem } from '../checks/response-problem.ts'
import type {
  BodyOptions,
  DeliveryOptions,
  ExternalDocs,
  HttpMethod,
  WebhookDefinition,
} from '../definition/definition.ts'
import type { OperationPatch } from '../definition/openapi-patch.ts'
import { requireMethod } from '../definition/require-method.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { outgoingMethodsOf } from './outgoing-methods.ts'
import type { CallbackResponseOptions } from './response.ts'

/** Declares a request that the API sends without a parent operation. Each method returns a new builder. */
export interface WebhookBuilder<TName extends string, TRequest, TResponses> {
  readonly '~definition': WebhookDefinition
  /** Only a type: the input of `receive`. */
  readonly '~types'?: { key: TName; request: TRequest; responses: TResponses }

  summary(text: string): WebhookBuilder<TName, TRequest, TResponses>
  description(text: string): WebhookBuilder<TName, TRequest, TResponses>
  operationId(id: string): WebhookBuilder<TName, TRequest, TResponses>
  tags(...names: readonly string[]): WebhookBuilder<TName, TRequest, TResponses>
  externalDocs(docs: ExternalDocs): WebhookBuilder<TName, TRequest, TResponses>
  deprecated(): WebhookBuilder<TName, TRequest, TResponses>

  /** OpenAPI fields that no method writes, such as `x-` fields; they are merged into the document. */
  extend(patch: OperationPatch): WebhookBuilder<TName, TRequest, TResponses>

  /**
   * How the API authenticates to receivers, besides the signature: each attempt carries what the sender's `credentials`
   * give for the scheme. Without them it is documented, and an endpoint may have a header of its own for it.
   */
  security(
    scheme: SecurityScheme | SecurityAlternatives,
  ): WebhookBuilder<TName, TRequest, TResponses>

  /** The JSON body of the request; GET, HEAD and TRACE have none. */
  body<TSchema extends AnySchema>(
    schema: TSchema,
    options?: BodyOptions,
  ): WebhookBuilder<TName, TRequest & { readonly body: TSchema }, TResponses>

  /**
   * A body that is not `application/json`: an object of fields for `application/x-www-form-urlencoded`, text for
   * `text/…`, a `Uint8Array` for anything else, and JSON for `…+json`.
   */
  bodyAs<TSchema extends AnySchema>(
    mediaType: string,
    schema: TSchema,
    options?: BodyOptions,
  ): WebhookBuilder<TName, TRequest & { readonly body: TSchema }, TResponses>

  /** Header fields, as one object, which is given to `publish` beside the payload. Those of the sender are refused. */
  headers<TSchema extends AnySchema>(
    schema: TSchema,
  ): WebhookBuilder<TName, TRequest & { readonly headers: TSchema }, TResponses>

  /** A query, as one object, which is given to `publish` beside the payload and added to the URL. */
  query<TSchema extends AnySchema>(
    schema: TSchema,
  ): WebhookBuilder<TName, TRequest & { readonly query: TSchema }, TResponses>

  /** How its deliveries are sent, in place of the sender's own options; stored with each message. */
  delivery(options: DeliveryOptions): WebhookBuilder<TName, TRequest, TResponses>

  /** An expected response: a status, and the schema of its JSON body. */
  response<TStatus extends DeclaredStatus, TSchema extends AnySchema | undefined = undefined>(
    status: TStatus & StatusProblem<TStatus>,
    schema?: TSchema & (BodyProblem<TStatus> | undefined),
    options?: CallbackResponseOptions,
  ): WebhookBuilder<TName, TRequest, TResponses & { readonly [TKey in TStatus]: TSchema }>
}

/** Any webhook. */
export interface AnyWebhook {
  readonly '~definition': WebhookDefinition
}

/**
 * Declares a webhook: a request that the API sends to the subscribers of its name.
 *
 * @example
 * const orderShipped = webhook('post', 'orderShipped')
 *   .body(v.object({ order: v.string() }))
 *   .response(204)
 *
 * document({ info, webhooks: [orderShipped] }, operations)
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#fixed-fields (webhooks)
 */
export function webhook<TName extends string>(
  method: HttpMethod,
  name: TName,
): WebhookBuilder<TName, {}, {}> {
  requireMethod(method, `the webhook '${name}'`)
  // the only cast: the definition is untyped data, the interface is its typed view
  return fromDefinition({ name, method, responses: {} }) as unknown as WebhookBuilder<TName, {}, {}>
}

function fromDefinition(definition: WebhookDefinition): object {
  return Object.freeze({
    '~definition': Object.freeze({ ...definition, ...payloadSenderOf(definition) }),
    ...outgoingMethodsOf(definition, `the webhook '${definition.name}'`, (patch) =>
      fromDefinition({ ...definition, ...patch }),
    ),
  })
}
