import type { Env, MiddlewareHandler } from 'hono'
import type { OperationDefinition } from './definition.ts'

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
      readonly in: 'header' | 'query' | 'cookie'
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

/** How a caller proves itself, and the middleware that demands it. */
export interface SecurityScheme<TEnv extends Env = Env> {
  readonly '~name': string
  readonly '~object': SecuritySchemeObject
  readonly '~scopes': readonly string[]
  readonly '~middleware': MiddlewareHandler
  readonly '~secure': Secure
  /** Only a type: what its middleware sets. */
  readonly '~env'?: TEnv
  /** The same scheme, where a caller must have been granted these as well. */
  scopes(...names: readonly string[]): SecurityScheme<TEnv>
}

/** Any one of some schemes. */
export interface SecurityAlternatives<TEnv extends Env = Env> {
  readonly '~alternatives': readonly SecurityScheme[]
  readonly '~secure': Secure
  /** Only a type: what the middleware of any of them sets. */
  readonly '~env'?: TEnv
}

/** What an operation has once it demands this; here, so that only an app with security carries it. */
export type Secure = (operation: OperationDefinition) => Partial<OperationDefinition>

/** What one `.security(…)` demands: any one of these schemes. */
export type SecurityRequirement = readonly SecurityScheme[]
