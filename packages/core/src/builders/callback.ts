import { checkCallback } from '../checks/check-callback.ts'
import type {
  BodyOptions,
  CallbackDefinition,
  ExternalDocs,
  HttpMethod,
  OperationCallback,
  OperationDefinition,
} from '../definition/definition.ts'
import type { OperationPatch } from '../definition/openapi-patch.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { outgoing } from './outgoing.ts'
import type { CallbackResponseOptions } from './response.ts'

/** What a callback's type remembers: the schemas of the request that we send. */
export interface CallbackRequest {
  readonly body?: AnySchema
}

/** Describes a request that we send because of an earlier one. Each method returns a new builder. */
export interface CallbackBuilder<TKey extends string, TRequest, TResponses> {
  readonly '~definition': CallbackDefinition
  /** Makes it a callback of an operation; here, so that only an app with callbacks carries the check. */
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationCallback
  /** Only a type: what `route(…).callback` and `receive` read. */
  readonly '~types'?: { key: TKey; request: TRequest; responses: TResponses }

  summary(text: string): CallbackBuilder<TKey, TRequest, TResponses>
  description(text: string): CallbackBuilder<TKey, TRequest, TResponses>
  operationId(id: string): CallbackBuilder<TKey, TRequest, TResponses>
  tags(...names: readonly string[]): CallbackBuilder<TKey, TRequest, TResponses>
  externalDocs(docs: ExternalDocs): CallbackBuilder<TKey, TRequest, TResponses>
  deprecated(): CallbackBuilder<TKey, TRequest, TResponses>

  /** Fields of OpenAPI that no method writes, `x-` ones included: merged into what the document says. */
  extend(patch: OperationPatch): CallbackBuilder<TKey, TRequest, TResponses>

  /** How we prove ourselves to the receiver: documented; the sender signs either way. */
  security(
    scheme: SecurityScheme | SecurityAlternatives,
  ): CallbackBuilder<TKey, TRequest, TResponses>

  /** The JSON body that we send; GET, HEAD and TRACE have none. */
  body<TSchema extends AnySchema>(
    schema: TSchema,
    options?: BodyOptions,
  ): CallbackBuilder<TKey, TRequest & { readonly body: TSchema }, TResponses>

  /** An answer that we expect: a status, and the schema of its JSON body. */
  response<TStatus extends DeclaredStatus, TSchema extends AnySchema | undefined = undefined>(
    status: TStatus,
    schema?: TSchema,
    options?: CallbackResponseOptions,
  ): CallbackBuilder<TKey, TRequest, TResponses & { readonly [TKey in TStatus]: TSchema }>
}

/**
 * Declares a callback: a method, and a key whose runtime expressions give the URL. What the key reads is
 * checked where an operation takes the callback, against what that operation declares.
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
  // the only cast: the definition is untyped data, the interface is its typed view
  return fromDefinition({ method, key, responses: {} }) as unknown as CallbackBuilder<TKey, {}, {}>
}

/** Untyped: what it makes is the data behind the interface. */
function fromDefinition(definition: CallbackDefinition): object {
  const owner = `the callback '${definition.key}'`
  return Object.freeze({
    '~definition': Object.freeze(definition),
    '~attach': (operation: OperationDefinition, name: string) =>
      checkCallback(operation, name, definition),
    ...outgoing(definition, owner, (patch) => fromDefinition({ ...definition, ...patch })),
  })
}
