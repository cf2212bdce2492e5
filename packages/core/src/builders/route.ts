import type { MiddlewareHandler } from 'hono'
import { checkNewCallback } from '../checks/check-new-callback.ts'
import { checkPlace } from '../checks/check-place.ts'
import type { ForeignPath, PathProblem } from '../checks/path-problem.ts'
import { refuseBody } from '../definition/bodiless.ts'
import type {
  AnyCallback,
  ContentOptions,
  HttpMethod,
  OperationDefinition,
} from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { essenceOf, JSON_TYPE, writtenTypeOf } from '../definition/media-type.ts'
import type { AnyOperationHandler } from '../definition/operation.ts'
import type { ParameterPart } from '../definition/parts.ts'
import { placeOf } from '../definition/path.ts'
import type { NewRoutePlace, RoutePlace } from '../definition/place.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import { requireScheme } from '../definition/require-scheme.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import { setOnce } from '../definition/set-once.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { requireSchema } from '../schemas/require-schema.ts'
import type { AnyLink } from './link.ts'
import { metadataMethodsOf } from './metadata-methods.ts'
import { createOperation } from './operation.ts'
import { type NewResponse, type ResponseOptions, withResponse } from './response.ts'
import type { RouteBuilder } from './route-builder.ts'

/**
 * Declares an operation: one method on one path in Hono's syntax, such as `/invoices/:id`.
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
 * @throws {CoreError} with `path` if the path does not begin with a slash, or has OpenAPI's `{parameters}`, one parameter
 *   twice, or a `?`, `#` or space, or if the method is HEAD or not in lower case
 * @see https://spec.openapis.org/oas/v3.1.1.html#operation-object
 */
export function route<TBefore extends string, TName extends string, TAfter extends string>(
  method: HttpMethod,
  path: ForeignPath<TBefore, TName, TAfter>,
): PathProblem<TBefore, TName, TAfter>
export function route<const TMethod extends HttpMethod, const TPath extends string>(
  method: TMethod,
  path: TPath,
): RouteBuilder<NewRoutePlace<TMethod, TPath>, {}, {}, {}>
export function route(method: HttpMethod, path: string): unknown {
  return startRoute({ method, path })
}

/** Starts an operation with the definition that it inherits from its groups. */
export function startRoute<TPlace extends RoutePlace, TResponses, TCallbacks>(
  start: Pick<OperationDefinition, 'method' | 'path'> & Partial<OperationDefinition>,
): RouteBuilder<TPlace, {}, TResponses, TCallbacks> {
  const { method, path } = start
  checkPlace(method, path)
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
  const owner = `the operation ${placeOf(definition)}`
  const { middleware, callbacks, links } = definition
  const extend = (patch: Partial<OperationDefinition>) =>
    fromDefinition({ ...definition, ...patch })
  return Object.freeze({
    '~definition': Object.freeze(definition),
    ...metadataMethodsOf(definition, owner, extend),
    ...requestMethodsOf(definition, owner, extend),
    ...responseMethodsOf(definition, owner, extend),
    hidden: () => {
      setOnce(definition, 'hidden', `${owner} is declared hidden`)
      return extend({ hidden: true })
    },
    use: (...middlewares: MiddlewareHandler[]) =>
      extend({ middleware: [...middleware, ...middlewares] }),
    security: (scheme: SecurityScheme | SecurityAlternatives) => {
      requireScheme(scheme, owner)
      return extend(scheme['~secure'](definition))
    },
    problems: (format: ProblemFormat) => extend({ problems: format }),
    callback: (name: string, callback: AnyCallback) => {
      checkNewCallback(definition, name, callback)
      return extend({ callbacks: { ...callbacks, [name]: callback['~attach'](definition, name) } })
    },
    link: (name: string, link: AnyLink) => {
      setOnce(links, name, `${owner} declares the link '${name}'`)
      return extend({ links: { ...links, [name]: link['~attach'](definition, name) } })
    },
    handle: (handler: AnyOperationHandler) => {
      if (typeof handler === 'function') return createOperation(definition, handler)
      throw new CoreError(
        'option',
        `${owner} gives .handle(…) no function; give it the one that handles requests: .handle((c) => …)`,
      )
    },
  })
}

type Extend = (patch: Partial<OperationDefinition>) => object

function requestMethodsOf({ method, request }: OperationDefinition, owner: string, extend: Extend) {
  const declarePart = (name: ParameterPart) => (schema: AnySchema) => {
    requireSchema(schema, owner, `${name}(…)`)
    setOnce(request, name, `${owner} declares its ${name}`)
    return extend({ request: { ...request, [name]: schema } })
  }
  const bodyAs = (type: string, schema: AnySchema, options?: ContentOptions) => {
    refuseBody(method, owner)
    requireSchema(schema, owner, type === JSON_TYPE ? 'body(…)' : `bodyAs('${type}', …)`)
    const { content = {} } = request
    const written = writtenTypeOf(essenceOf(type), content) ?? type
    setOnce(content, written, `${owner} declares its ${type === JSON_TYPE ? '' : `${type} `}body`)
    return extend({
      request: { ...request, content: { ...content, [type]: { ...options, schema } } },
    })
  }
  return {
    params: declarePart('params'),
    query: declarePart('query'),
    headers: declarePart('headers'),
    cookies: declarePart('cookies'),
    body: (schema: AnySchema, options?: ContentOptions) => bodyAs(JSON_TYPE, schema, options),
    bodyAs,
  }
}

function responseMethodsOf({ responses }: OperationDefinition, owner: string, extend: Extend) {
  const add = (response: Omit<NewResponse, 'owner'>) =>
    extend({ responses: withResponse(responses, { ...response, owner }) })
  return {
    response: (status: DeclaredStatus, schema?: AnySchema, options?: ResponseOptions) =>
      add({ status, schema, options }),
    // the one method with four parameters, where our functions have three: those of `response` and the media type
    responseAs: (
      ...[status, mediaType, schema, options]: [number, string, AnySchema?, ResponseOptions?]
    ) => add({ status, mediaType, schema, options }),
  }
}
