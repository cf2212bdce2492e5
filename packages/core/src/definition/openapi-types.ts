import type { ExternalDocs } from './definition.ts'
import type {
  HeaderObject,
  JsonSchema,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
} from './openapi-message-types.ts'
import type { SecuritySchemeObject } from './security.ts'

/** @see https://spec.openapis.org/oas/v3.1.1.html#reference-object */
export interface ReferenceObject {
  readonly $ref: string
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#info-object */
export interface InfoObject {
  readonly title: string
  readonly version: string
  readonly summary?: string
  readonly description?: string
  readonly termsOfService?: string
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string }
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string }
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#server-object */
export interface ServerObject {
  readonly url: string
  /** OpenAPI 3.2. */
  readonly name?: string
  readonly description?: string
  readonly variables?: Readonly<Record<string, ServerVariableObject>>
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#server-variable-object */
export interface ServerVariableObject {
  readonly default: string
  readonly enum?: readonly string[]
  readonly description?: string
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#tag-object */
export interface TagObject {
  readonly name: string
  /** OpenAPI 3.2. */
  readonly summary?: string
  readonly description?: string
  readonly externalDocs?: ExternalDocs
  /** OpenAPI 3.2: the name of the parent tag. */
  readonly parent?: string
  /** OpenAPI 3.2. */
  readonly kind?: string
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#operation-object */
export interface OperationObject {
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly externalDocs?: ExternalDocs
  readonly operationId: string
  readonly parameters?: readonly (ParameterObject | ReferenceObject)[]
  readonly requestBody?: RequestBodyObject
  readonly responses: Readonly<Record<string, ResponseObject | ReferenceObject>>
  readonly callbacks?: Readonly<Record<string, CallbackObject | ReferenceObject>>
  readonly deprecated?: boolean
  readonly security?: readonly SecurityObject[]
  readonly servers?: readonly ServerObject[]
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#path-item-object */
export type PathItemObject = Readonly<Record<string, OperationObject>>

/** @see https://spec.openapis.org/oas/v3.1.1.html#callback-object */
export type CallbackObject = Readonly<Record<string, PathItemObject>>

/** @see https://spec.openapis.org/oas/v3.1.1.html#components-object */
export interface ComponentsObject {
  readonly schemas?: Readonly<Record<string, JsonSchema>>
  readonly parameters?: Readonly<Record<string, ParameterObject>>
  readonly headers?: Readonly<Record<string, HeaderObject>>
  readonly responses?: Readonly<Record<string, ResponseObject>>
  readonly callbacks?: Readonly<Record<string, CallbackObject>>
  readonly securitySchemes?: Readonly<Record<string, SecuritySchemeObject>>
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#openapi-object */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: InfoObject
  readonly servers: readonly ServerObject[]
  readonly security: readonly SecurityObject[]
  readonly tags?: readonly TagObject[]
  readonly externalDocs?: ExternalDocs
  readonly paths: Readonly<Record<string, PathItemObject>>
  readonly webhooks?: Readonly<Record<string, PathItemObject>>
  readonly components?: ComponentsObject
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object */
export type SecurityObject = Readonly<Record<string, readonly string[]>>
