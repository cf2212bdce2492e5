import type { MiddlewareHandler } from 'hono'
import type {
  AnyCallback,
  ContentOptions,
  HttpMethod,
  OperationDefinition,
  RequestDefinition,
} from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { JSON_TYPE } from '../definition/media-type.ts'
import type { NewRoutePlace, RoutePlace } from '../definition/place.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import { segmentsOf } from '../definition/segments.ts'
import { setOnce } from '../definition/set-once.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { describing } from './describing.ts'
import type { AnyLink } from './link.ts'
import { operation } from './operation.ts'
import { type NewResponse, type ResponseOptions, withResponse } from './response.ts'
import type { RouteBuilder } from './route-builder.ts'

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
 * @throws {CoreError} with `path` when the path does not begin with a slash or has OpenAPI's `{parameters}`, or
 *   the method is HEAD
 * @see https://spec.openapis.org/oas/v3.1.1.html#operation-object
 */
export function route<const TMethod extends HttpMethod, const TPath extends string>(
  method: TMethod,
  path: TPath,
): RouteBuilder<NewRoutePlace<TMethod, TPath>, {}, {}, {}> {
  return startRoute({ method, path })
}

/** Starts an operation, with what its groups give to it. */
export function startRoute<TPlace extends RoutePlace, TResponses, TCallbacks>(
  start: Pick<OperationDefinition, 'method' | 'path'> & Partial<OperationDefinition>,
): RouteBuilder<TPlace, {}, TResponses, TCallbacks> {
  const { method, path } = start
  if (!path.startsWith('/')) {
    throw new CoreError('path', `the path '${path}' must begin with '/'`)
  }
  const foreign = segmentsOf(path).find((segment) => /^\{.*\}$/s.test(segment))
  if (foreign !== undefined) {
    throw new CoreError(
      'path',
      `the path '${path}' must have its parameters as Hono writes them: ':${foreign.slice(1, -1)}'`,
    )
  }
  if (method === 'head') {
    throw new CoreError(
      'path',
      `HEAD ${path} never answers: Hono gives HEAD requests to the operation GET ${path}, without its body; declare that`,
    )
  }
  const empty = {
    request: {},
    responses: {},
    callbacks: {},
    inherited: {},
    links: {},
    middleware: [],
  }
  // the only cast: the definition is untyped data, the interface is its typed view
  return fromDefinition({ ...empty, ...start }) as unknown as RouteBuilder<
    TPlace,
    {},
    TResponses,
    TCallbacks
  >
}

function fromDefinition(definition: OperationDefinition): object {
  const owner = `the operation ${definition.method.toUpperCase()} ${definition.path}`
  const { request, responses, callbacks, inherited, links, middleware } = definition
  const extend = (patch: Partial<OperationDefinition>) =>
    fromDefinition({ ...definition, ...patch })
  const { set, ...described } = describing(definition, owner, extend)
  const part = (name: keyof RequestDefinition) => (schema: AnySchema) => {
    setOnce(request, name, `${owner} declares its ${name}`)
    return extend({ request: { ...request, [name]: schema } })
  }
  const content = (type: string, schema: AnySchema, options?: ContentOptions) => {
    const { content: others = {} } = request
    setOnce(others, type, `${owner} declares its ${type === JSON_TYPE ? '' : `${type} `}body`)
    return extend({
      request: { ...request, content: { ...others, [type]: { ...options, schema } } },
    })
  }
  const addResponse = (response: Omit<NewResponse, 'owner'>) =>
    extend({ responses: withResponse(responses, { ...response, owner }) })

  return Object.freeze({
    '~definition': Object.freeze(definition),
    ...described,
    hidden: () => set('hidden', true),
    params: part('params'),
    query: part('query'),
    headers: part('headers'),
    cookies: part('cookies'),
    body: (schema: AnySchema, options?: ContentOptions) => content(JSON_TYPE, schema, options),
    bodyAs: content,
    response: (status: DeclaredStatus, schema?: AnySchema, options?: ResponseOptions) =>
      addResponse({ status, schema, options }),
    responseAs: (
      ...[status, mediaType, schema, options]: [number, string, AnySchema?, ResponseOptions?]
    ) => addResponse({ status, mediaType, schema, options }),
    use: (...middlewares: MiddlewareHandler[]) =>
      extend({ middleware: [...middleware, ...middlewares] }),
    security: (scheme: SecurityScheme | SecurityAlternatives) =>
      extend(scheme['~secure'](definition)),
    problems: (format: ProblemFormat) => extend({ problems: format }),
    callback: (name: string, callback: AnyCallback) => {
      setOnce(callbacks, name, `${owner} declares the callback '${name}'`)
      if (Object.hasOwn(inherited, name)) {
        throw new CoreError(
          'duplicate-name',
          `the callback '${name}' is declared by ${inherited[name]?.from} and by ${owner}; give one of them another name`,
        )
      }
      const checked = callback['~attach'](definition, name)
      return extend({ callbacks: { ...callbacks, [name]: checked } })
    },
    link: (name: string, link: AnyLink) => {
      setOnce(links, name, `${owner} declares the link '${name}'`)
      return extend({ links: { ...links, [name]: link['~attach'](definition, name) } })
    },
    handle: (handler: Parameters<typeof operation>[1]) => operation(definition, handler),
  })
}
