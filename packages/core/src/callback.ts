import { checkCallback } from './check-callback.ts'
import type {
  CallbackDefinition,
  Method,
  OperationCallback,
  OperationDefinition,
} from './definition.ts'
import { CoreError } from './errors.ts'
import { type ResponseOptions, withResponse } from './response.ts'
import type { AnySchema } from './schema.ts'
import { setOnce } from './set-once.ts'

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

  /** The JSON body that we send; GET, HEAD and TRACE have none. */
  body<TSchema extends AnySchema>(
    schema: TSchema,
  ): CallbackBuilder<TKey, TRequest & { readonly body: TSchema }, TResponses>

  /** An answer that we expect: a status, and the schema of its JSON body. */
  response<TStatus extends number, TSchema extends AnySchema | undefined = undefined>(
    status: TStatus,
    schema?: TSchema,
    options?: ResponseOptions,
  ): CallbackBuilder<TKey, TRequest, TResponses & Readonly<Record<TStatus, TSchema>>>
}

/** Any callback, whatever it declares. */
export interface AnyCallback {
  readonly '~definition': CallbackDefinition
  /** Makes it a callback of an operation; here, so that only an app with callbacks carries the check. */
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationCallback
  readonly '~types'?: { key: string; request: unknown; responses: unknown }
}

// fetch refuses to send a body with these
const BODILESS: ReadonlySet<Method> = new Set<Method>(['get', 'head', 'trace'])

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
  method: Method,
  key: TKey,
): CallbackBuilder<TKey, {}, {}> {
  return fromDefinition({ method, key, responses: {} })
}

function fromDefinition<TKey extends string>(
  definition: CallbackDefinition,
): CallbackBuilder<TKey, {}, {}> {
  const owner = `the callback '${definition.key}'`
  const extend = (patch: Partial<CallbackDefinition>) => fromDefinition({ ...definition, ...patch })
  const set = <TName extends keyof CallbackDefinition & string>(
    name: TName,
    value: CallbackDefinition[TName],
  ) => {
    setOnce(definition, name, `${owner} declares its ${name}`)
    return extend({ [name]: value })
  }

  const builder = {
    '~definition': Object.freeze(definition),
    '~attach': (operation: OperationDefinition, name: string) =>
      checkCallback(operation, name, definition),
    summary: (text: string) => set('summary', text),
    description: (text: string) => set('description', text),
    operationId: (id: string) => set('operationId', id),
    tags: (...names: string[]) => extend({ tags: [...(definition.tags ?? []), ...names] }),
    body: (schema: AnySchema) => {
      if (BODILESS.has(definition.method)) {
        throw new CoreError(
          'path',
          `${owner} is sent with ${definition.method.toUpperCase()}, which cannot have a body: declare it with 'post'`,
        )
      }
      return set('body', schema)
    },
    response: (status: number, schema?: AnySchema, options?: ResponseOptions) =>
      extend({ responses: withResponse(definition.responses, { status, schema, options, owner }) }),
  }

  // the only cast: the definition is untyped data, the interface is its typed view
  return Object.freeze(builder) as unknown as CallbackBuilder<TKey, {}, {}>
}
