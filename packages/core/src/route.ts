import type { AnyCallback } from './callback.ts'
import type { CallbackProblem, Named } from './check-types.ts'
import type { Method, OperationDefinition } from './definition.ts'
import { CoreError } from './errors.ts'
import type { OperationHandler } from './hono/context.ts'
import { type Operation, operation } from './operation.ts'
import { type ResponseOptions, withResponse } from './response.ts'
import type { AnySchema } from './schema.ts'
import { setOnce } from './set-once.ts'

/** Where an operation answers. */
export interface Place {
  readonly method: Method
  readonly path: string
}

/** Describes one operation. Each method returns a new builder; the receiver never changes. */
export interface RouteBuilder<TPlace extends Place, TRequest, TResponses, TCallbacks> {
  readonly '~definition': OperationDefinition

  summary(text: string): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  description(text: string): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  operationId(id: string): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  tags(...names: readonly string[]): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>

  /** The path parameters, as one object; without it each is a string. */
  params<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly params: TSchema }, TResponses, TCallbacks>

  /** The query parameters, as one object: a string each, an array where one is repeated. */
  query<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly query: TSchema }, TResponses, TCallbacks>

  /** The request headers that are read, as one object with lower-case names. */
  headers<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly headers: TSchema }, TResponses, TCallbacks>

  /** The JSON body. */
  body<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly body: TSchema }, TResponses, TCallbacks>

  /** An answer: a status, and the schema of its JSON body. */
  response<TStatus extends number, TSchema extends AnySchema | undefined = undefined>(
    status: TStatus,
    schema?: TSchema,
    options?: ResponseOptions,
  ): RouteBuilder<TPlace, TRequest, TResponses & Readonly<Record<TStatus, TSchema>>, TCallbacks>

  /**
   * A callback that this operation sends, under the name that `handle` and the document use. Its key may
   * read what the chain declares before it; the compiler, and at definition the builder, say what it may not.
   */
  callback<
    TName extends string,
    TCallback extends AnyCallback,
    TProblem = CallbackProblem<TCallback, TPlace, TRequest, TResponses>,
  >(
    name: Named<TName, NoInfer<TProblem>>,
    callback: TCallback,
  ): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks & Readonly<Record<TName, TCallback>>>

  /** Ends the chain with the function that answers. */
  handle(
    handler: OperationHandler<TPlace, TRequest, TResponses, TCallbacks>,
  ): Operation<TPlace, TRequest, TResponses, TCallbacks>
}

type EmptyRoute<TPlace extends Place> = RouteBuilder<TPlace, {}, {}, {}>

/**
 * Declares an operation: one method on one path, written as Hono writes it (`/invoices/:id`).
 *
 * @example
 * const createOrder = route('post', '/orders')
 *   .body(v.object({ callbackUrl: v.string() }))
 *   .response(202, v.object({ msg: v.string() }))
 *   .callback('paid', callback('post', '{$request.body#/callbackUrl}'))
 *   .handle(async (c, { callbacks }) => {
 *     await callbacks.paid.send()
 *     return c.json({ msg: 'received' }, 202)
 *   })
 *
 * @throws {CoreError} with `path` when the path does not begin with a slash, or the method is HEAD
 * @see https://spec.openapis.org/oas/v3.1.1.html#operation-object
 */
export function route<const TMethod extends Method, const TPath extends string>(
  method: TMethod,
  path: TPath,
): EmptyRoute<{ readonly method: TMethod; readonly path: TPath }> {
  if (!path.startsWith('/')) {
    throw new CoreError('path', `the path '${path}' must begin with '/'`)
  }
  if (method === 'head') {
    throw new CoreError(
      'path',
      `HEAD ${path} never answers: Hono gives HEAD requests to the operation GET ${path}, without its body; declare that`,
    )
  }
  return fromDefinition({ method, path, request: {}, responses: {}, callbacks: {} })
}

function fromDefinition<TPlace extends Place>(definition: OperationDefinition): EmptyRoute<TPlace> {
  const owner = `the operation ${definition.method.toUpperCase()} ${definition.path}`
  const { request, responses, callbacks } = definition
  const extend = (patch: Partial<OperationDefinition>) =>
    fromDefinition({ ...definition, ...patch })
  const set = <TName extends keyof OperationDefinition & string>(
    name: TName,
    value: OperationDefinition[TName],
  ) => {
    setOnce(definition, name, `${owner} declares its ${name}`)
    return extend({ [name]: value })
  }
  const part = (name: keyof typeof request) => (schema: AnySchema) => {
    setOnce(request, name, `${owner} declares its ${name}`)
    return extend({ request: { ...request, [name]: schema } })
  }

  const builder = {
    '~definition': Object.freeze(definition),
    summary: (text: string) => set('summary', text),
    description: (text: string) => set('description', text),
    operationId: (id: string) => set('operationId', id),
    tags: (...names: string[]) => extend({ tags: [...(definition.tags ?? []), ...names] }),
    params: part('params'),
    query: part('query'),
    headers: part('headers'),
    body: part('body'),
    response: (status: number, schema?: AnySchema, options?: ResponseOptions) =>
      extend({ responses: withResponse(responses, { status, schema, options, owner }) }),
    callback: (name: string, callback: AnyCallback) => {
      setOnce(callbacks, name, `${owner} declares the callback '${name}'`)
      const checked = callback['~attach'](definition, name)
      return extend({ callbacks: { ...callbacks, [name]: checked } })
    },
    handle: (handler: Parameters<typeof operation>[1]) => operation(definition, handler),
  }

  // the only cast: the definition is untyped data, the interface is its typed view
  return Object.freeze(builder) as unknown as EmptyRoute<TPlace>
}
