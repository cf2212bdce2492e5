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
import { CREDENTIAL_CHECKS } from '../hono/preflight.ts'

/** The middleware that enforces a scheme; if that has scopes, a function from the required scopes to it. */
export type SecurityMiddleware<
  TObject extends SecuritySchemeObject,
  TEnv extends Env,
> = TObject extends {
  readonly type: 'oauth2' | 'openIdConnect'
}
  ? (scopes: readonly string[]) => MiddlewareHandler<TEnv>
  : MiddlewareHandler<TEnv>

/**
 * Declares a security scheme: its OpenAPI object, and the Hono middleware that enforces it. For `oauth2` and
 * `openIdConnect` pass a function from the required scopes to the middleware.
 *
 * @example
 * const bearer = securityScheme('bearer', { type: 'http', scheme: 'bearer' }, bearerAuth({ token }))
 * const oauth = securityScheme('oauth', { type: 'oauth2', flows }, (scopes) => requireScopes(scopes))
 * route('get', '/orders').security(oauth.scopes('orders:read'))
 *
 * @throws {CoreError} with `schema` for a name that OpenAPI does not allow for components
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object
 */
export function securityScheme<const TObject extends SecuritySchemeObject, TEnv extends Env = {}>(
  name: string,
  object: TObject,
  enforce: SecurityMiddleware<TObject, TEnv>,
): SecurityScheme<KnownEnv<TEnv>> {
  if (!/^[\w.-]+$/.test(name)) {
    throw new CoreError('schema', `'${name}' cannot name a component: use letters, digits, . _ -`)
  }
  const withScopes = (scopes: readonly string[]): SecurityScheme<KnownEnv<TEnv>> => {
    const scheme: SecurityScheme<KnownEnv<TEnv>> = Object.freeze({
      '~name': name,
      '~object': object,
      '~scopes': scopes,
      '~middleware': schemeMiddleware(object, enforce, scopes),
      '~secure': (operation: OperationDefinition) => addRequirement(operation, [scheme]),
      scopes: (...names: readonly string[]) => withScopes(names),
    })
    return scheme
  }
  return withScopes([])
}

/**
 * Combines schemes of which one suffices: the first whose middleware lets the request through. If none does, the
 * response is that of the last one.
 *
 * @example
 * route('get', '/orders').security(anySecurityScheme(bearer, apiKey))
 */
export function anySecurityScheme<const TSchemes extends readonly SecurityScheme[]>(
  ...schemes: TSchemes
): SecurityAlternatives<AlternativeEnv<TSchemes[number]>> {
  return Object.freeze({
    '~alternatives': schemes,
    '~secure': (operation: OperationDefinition) => addRequirement(operation, schemes),
  })
}

/** The alternative of `anySecurityScheme` that lets any caller through. */
// pure, so that a bundler leaves it out where no operation has security
export const anonymousAccess: SecurityScheme<{}> = /* @__PURE__ */ securityScheme(
  'anonymous',
  ANONYMOUS,
  (_, next) => next(),
)

/** The variables that any of the schemes may have set. */
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

/** The schemes of which one is required. */
export function requirementOf(
  security: SecurityScheme | SecurityAlternatives,
): SecurityRequirement {
  return '~alternatives' in security ? security['~alternatives'] : [security]
}

/**
 * Adds a requirement to an operation.
 *
 * @throws {CoreError} with `expression` if one of its callbacks reads the key of a scheme
 */
function addRequirement(
  operation: OperationDefinition,
  requirement: SecurityRequirement,
): Partial<OperationDefinition> {
  const { callbacks, middleware } = operation
  const security = [...(operation.security ?? []), requirement]
  const keys = securityKeysOf({ ...operation, security })
  for (const [name, { template }] of Object.entries(callbacks)) {
    refuseSecurityKeys(template, keys, `the callback '${name}' of ${placeOf(operation)}`)
  }
  return { security, middleware: [...middleware, middlewareOf(requirement)] }
}

/** The middleware that enforces a requirement. */
export function middlewareOf(requirement: SecurityRequirement): MiddlewareHandler {
  const [first, ...more] = requirement.map((scheme) => scheme['~middleware'])
  if (first === undefined) {
    throw new CoreError('schema', 'anySecurityScheme has no schemes; pass at least one')
  }
  const run = more.length === 0 ? first : tryInTurn([first, ...more])
  CREDENTIAL_CHECKS.add(run)
  return run
}

/** Runs one after another until one lets the request through; the last refusal is the response. */
function tryInTurn(alternatives: readonly MiddlewareHandler[]): MiddlewareHandler {
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
        // after `next`, the operation itself failed
        if (isThrough || index === alternatives.length - 1) throw error
      }
    }
  }
}

function schemeMiddleware<TObject extends SecuritySchemeObject, TEnv extends Env>(
  object: TObject,
  enforce: SecurityMiddleware<TObject, TEnv>,
  scopes: readonly string[],
): MiddlewareHandler {
  // two casts: the type of `enforce` follows from that of the object
  return object.type === 'oauth2' || object.type === 'openIdConnect'
    ? (enforce as (scopes: readonly string[]) => MiddlewareHandler)(scopes)
    : (enforce as MiddlewareHandler)
}
