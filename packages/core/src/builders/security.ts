import type { Env, MiddlewareHandler } from 'hono'
import { refuseSecurityKeys, securityKeysOf } from '../checks/security-keys.ts'
import { ANONYMOUS } from '../definition/anonymous-object.ts'
import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { placeOf } from '../definition/path.ts'
import type {
  SecurityAlternatives,
  SecurityRequirement,
  SecurityScheme,
  SecuritySchemeObject,
} from '../definition/security.ts'
import type { KnownEnv } from '../hono/context.ts'

/** Turns requests away: a middleware, or, where the scheme has scopes, one made for those that are required. */
export type Enforce<TObject extends SecuritySchemeObject, TEnv extends Env> = TObject extends {
  readonly type: 'oauth2' | 'openIdConnect'
}
  ? (scopes: readonly string[]) => MiddlewareHandler<TEnv>
  : MiddlewareHandler<TEnv>

/**
 * Declares a security scheme: its OpenAPI object, and the Hono middleware that enforces it. For `oauth2` and
 * `openIdConnect` that is a function of the scopes that an operation demands.
 *
 * @example
 * const bearer = securityScheme('bearer', { type: 'http', scheme: 'bearer' }, bearerAuth({ token }))
 * const oauth = securityScheme('oauth', { type: 'oauth2', flows }, (scopes) => requireScopes(scopes))
 * route('get', '/orders').security(oauth.scopes('orders:read'))
 *
 * @throws {CoreError} with `schema` for a name that a component cannot have
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object
 */
export function securityScheme<const TObject extends SecuritySchemeObject, TEnv extends Env = {}>(
  name: string,
  object: TObject,
  enforce: Enforce<TObject, TEnv>,
): SecurityScheme<KnownEnv<TEnv>> {
  if (!/^[\w.-]+$/.test(name)) {
    throw new CoreError('schema', `'${name}' cannot name a component: use letters, digits, . _ -`)
  }
  const withScopes = (scopes: readonly string[]): SecurityScheme<KnownEnv<TEnv>> => {
    const scheme: SecurityScheme<KnownEnv<TEnv>> = Object.freeze({
      '~name': name,
      '~object': object,
      '~scopes': scopes,
      '~middleware': middlewareOf(object, enforce, scopes),
      '~secure': (operation: OperationDefinition) => secured(operation, [scheme]),
      scopes: (...names: readonly string[]) => withScopes(names),
    })
    return scheme
  }
  return withScopes([])
}

/**
 * One of several schemes will do: the first whose middleware lets the request through. When none does, the
 * caller gets the answer of the last one.
 *
 * @example
 * route('get', '/orders').security(anySecurityScheme(bearer, apiKey))
 */
export function anySecurityScheme<const TSchemes extends readonly SecurityScheme[]>(
  ...schemes: TSchemes
): SecurityAlternatives<AlternativeEnv<TSchemes[number]>> {
  return Object.freeze({
    '~alternatives': schemes,
    '~secure': (operation: OperationDefinition) => secured(operation, schemes),
  })
}

/** Stands, among the alternatives of `anyOf`, for a caller who shows nothing. */
export const anonymousAccess: SecurityScheme<{}> = securityScheme(
  'anonymous',
  ANONYMOUS,
  (_, next) => next(),
)

/** What may have been set: which of the schemes let the request through is not known. */
export interface AlternativeEnv<TScheme> {
  Variables: MaybeAll<VariablesOf<TScheme>>
}

type VariablesOf<TScheme> =
  TScheme extends SecurityScheme<infer TEnv>
    ? TEnv extends { Variables: infer TVariables }
      ? TVariables
      : never
    : never

type MaybeAll<TVariables> = {
  [TName in TVariables extends unknown ? keyof TVariables : never]?: TVariables extends {
    [TKey in TName]: infer TValue
  }
    ? TValue
    : never
}

/** The schemes, one of which is demanded. */
export function requirementOf(
  security: SecurityScheme | SecurityAlternatives,
): SecurityRequirement {
  return '~alternatives' in security ? security['~alternatives'] : [security]
}

/** Adds a requirement to an operation, whose callbacks may not read the keys of its schemes. */
function secured(
  operation: OperationDefinition,
  requirement: SecurityRequirement,
): Partial<OperationDefinition> {
  const { callbacks, middleware } = operation
  const security = [...(operation.security ?? []), requirement]
  const keys = securityKeysOf({ ...operation, security })
  for (const [name, { template }] of Object.entries(callbacks)) {
    refuseSecurityKeys(template, keys, `the callback '${name}' of ${placeOf(operation)}`)
  }
  return { security, middleware: [...middleware, enforcing(requirement)] }
}

/** The middleware that lets a request through that shows what is demanded. */
export function enforcing(requirement: SecurityRequirement): MiddlewareHandler {
  const [first, ...more] = requirement.map((scheme) => scheme['~middleware'])
  if (first === undefined) {
    throw new CoreError('schema', 'anyOf needs at least one security scheme')
  }
  return more.length === 0 ? first : firstOf([first, ...more])
}

/** Runs one after another until one goes on; the others' refusals are forgotten. */
function firstOf(alternatives: readonly MiddlewareHandler[]): MiddlewareHandler {
  return async (c, next) => {
    for (const [index, middleware] of alternatives.entries()) {
      let isThrough = false
      try {
        const refusal = await middleware(c, () => {
          isThrough = true
          return next()
        })
        if (isThrough || index === alternatives.length - 1) return refusal
      } catch (error) {
        // after `next`, it is the operation that failed
        if (isThrough || index === alternatives.length - 1) throw error
      }
    }
  }
}

function middlewareOf<TObject extends SecuritySchemeObject, TEnv extends Env>(
  object: TObject,
  enforce: Enforce<TObject, TEnv>,
  scopes: readonly string[],
): MiddlewareHandler {
  // the type of `enforce` follows from that of the object
  return object.type === 'oauth2' || object.type === 'openIdConnect'
    ? (enforce as (scopes: readonly string[]) => MiddlewareHandler)(scopes)
    : (enforce as MiddlewareHandler)
}
