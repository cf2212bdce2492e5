import type { Env, MiddlewareHandler } from 'hono'
import type { OperationDefinition } from './definition.ts'
import type { ParameterLocation } from './parts.ts'

/** @see https://spec.openapis.org/oas/v3.1.1.html#oauth-flow-object */
export interface OAuthFlow {
  readonly authorizationUrl?: string
  readonly tokenUrl?: string
  readonly refreshUrl?: string
  readonly scopes: Readonly<Record<string, string>>
}

type Described<TObject> = TObject & { readonly description?: string }

/** @see https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object */
export type SecuritySchemeObject =
  | Described<{ readonly type: 'http'; readonly scheme: string; readonly bearerFormat?: string }>
  | Described<{
      readonly type: 'apiKey'
      readonly in: Exclude<ParameterLocation, 'path'>
      readonly name: string
    }>
  | Described<{ readonly type: 'mutualTLS' }>
  | Described<{
      readonly type: 'oauth2'
      readonly flows: {
        readonly [TFlow in
          | 'implicit'
          | 'password'
          | 'clientCredentials'
          | 'authorizationCode']?: OAuthFlow
      }
    }>
  | Described<{ readonly type: 'openIdConnect'; readonly openIdConnectUrl: string }>

/** A way to authenticate a caller, and the middleware that enforces it. */
export interface SecurityScheme<TEnv extends Env = Env> {
  readonly '~name': string
  readonly '~object': SecuritySchemeObject
  readonly '~scopes': readonly string[]
  readonly '~middleware': MiddlewareHandler
  readonly '~secure': Secure
  /** Only a type: the environment that its middleware sets. */
  readonly '~env'?: TEnv
  /** The same scheme with required scopes. */
  scopes(...names: readonly string[]): SecurityScheme<TEnv>
}

/** Several schemes, of which any one suffices. */
export interface SecurityAlternatives<TEnv extends Env = Env> {
  readonly '~alternatives': readonly SecurityScheme[]
  readonly '~secure': Secure
  /** Only a type: the environment that the middleware of any of them may set. */
  readonly '~env'?: TEnv
}

/** Adds the requirement to an operation; a member of schemes, so that only apps with security bundle it. */
export type Secure = (operation: OperationDefinition) => Partial<OperationDefinition>

/** The schemes of one `.security(…)`, of which any one suffices. */
export type SecurityRequirement = readonly SecurityScheme[]
