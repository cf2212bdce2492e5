import { attachCallback } from '../checks/attach-callback.ts'
import type { BodyProblem, StatusProblem } from '../checks/response-problem.ts'
import type {
  BodyOptions,
  CallbackDefinition,
  DeliveryOptions,
  ExternalDocs,
  HttpMethod,
  OperationCallback,
  OperationDefinition,
} from '../definition/definition.ts'
import type { OperationPatch } from '../definition/openapi-patch.ts'
import { requireMethod } from '../definition/require-method.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { outgoingMethodsOf } from './outgoing-methods.ts'
import type { CallbackResponseOptions } from './response.ts'

/** The schemas of the request that a callback sends. */
export interface CallbackRequest {
  readonly body?: AnySchema
  readonly headers?: AnySchema
  readonly query?: AnySchema
}

/** Declares a request that the API sends because of an earlier one. Each method returns a new builder. */
export interface CallbackBuilder<TKey extends string, TRequest, TResponses> {
  readonly '~definition': CallbackDefinition
  /** Checks the callback for an operation; a member, so that only apps with callbacks bundle the check. */
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationCallback
  /** Only a type: the input of `route(…).callback` and `receive`. */
  readonly '~types'?: { key: TKey; request: TRequest; responses: TResponses }

  summary(text: string): CallbackBuilder<TKey, TRequest, TResponses>
  description(text: string): CallbackBuilder<TKey, TRequest, TResponses>
  operationId(id: string): CallbackBuilder<TKey, TRequest, TResponses>
  tags(...names: readonly string[]): CallbackBuilder<TKey, TRequest, TResponses>
  externalDocs(docs: ExternalDocs): CallbackBuilder<TKey, TRequest, TResponses>
  deprecated(): CallbackBuilder<TKey, TRequest, TResponses>

  /** OpenAPI fields that no method writes, such as `x-` fields; they are merged into the document. */
  extend(patch: OperationPatch): CallbackBuilder<TKey, TRequest, TResponses>

  /**
   * How the API authenticates to the receiver, besides the signature: each attempt carries what the sender's
   * `credentials` give for the scheme. `mutualTLS` is only documented.
   */
  security(
    scheme: SecurityScheme | SecurityAlternatives,
  ): CallbackBuilder<TKey, TRequest, TResponses>

  /** The JSON body of the request; GET, HEAD and TRACE have none. */
  body<TSchema extends AnySchema>(
    schema: TSchema,
    options?: BodyOptions,
  ): CallbackBuilder<TKey, TRequest & { readonly body: TSchema }, TResponses>

  /**
   * A body that is not `application/json`: an object of fields for `application/x-www-form-urlencoded`, text for
   * `text/…`, a `Uint8Array` for anything else, and JSON for `…+json`.
   */
  bodyAs<TSchema extends AnySchema>(
    mediaType: string,
    schema: TSchema,
    options?: BodyOptions,
  ): CallbackBuilder<TKey, TRequest & { readonly body: TSchema }, TResponses>

  /** Header fields, as one object, which is given to `send` beside the payload. Those of the sender are refused. */
  headers<TSchema extends AnySchema>(
    schema: TSchema,
  ): CallbackBuilder<TKey, TRequest & { readonly headers: TSchema }, TResponses>

  /** A query, as one object, which is given to `send` beside the payload and added to the URL. */
  query<TSchema extends AnySchema>(
    schema: TSchema,
  ): CallbackBuilder<TKey, TRequest & { readonly query: TSchema }, TResponses>

  /** How its deliveries are sent, in place of the sender's own options; stored with each of them. */
  delivery(options: DeliveryOptions): CallbackBuilder<TKey, TRequest, TResponses>

  /** An expected response: a status, and the schema of its JSON body. */
  response<TStatus extends DeclaredStatus, TSchema extends AnySchema | undefined = undefined>(
    status: TStatus & StatusProblem<TStatus>,
    schema?: TSchema & (BodyProblem<TStatus> | undefined),
    options?: CallbackResponseOptions,
  ): CallbackBuilder<TKey, TRequest, TResponses & { readonly [TKey in TStatus]: TSchema }>
}

/**
 * Declares a callback: a method, and a key whose runtime expressions give the URL. `route(…).callback` checks the
 * key against the declarations of the operation.
 *
 * @example
 * const paid = callback('post', '{$request.body#/callbackUrl}')
 *   .body(v.object({ amount: v.number() }))
 *   .response(204)
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#callback-object
 */
export function callback<TKey extends string>(
  method: HttpMethod,
  key: TKey,
): CallbackBuilder<TKey, {}, {}> {
  requireMethod(method, `the callback '${key}'`)
  // the only cast: the definition is untyped data, the interface is its typed view
  return fromDefinition({ method, key, responses: {} }) as unknown as CallbackBuilder<TKey, {}, {}>
}

function fromDefinition(definition: CallbackDefinition): object {
  const owner = `the callback '${definition.key}'`
  const extend = (patch: Partial<CallbackDefinition>) => fromDefinition({ ...definition, ...patch })
  return Object.freeze({
    '~definition': Object.freeze(definition),
    '~attach': (operation: OperationDefinition, name: string) =>
      attachCallback(operation, name, definition),
    ...outgoingMethodsOf(definition, owner, extend),
  })
}
