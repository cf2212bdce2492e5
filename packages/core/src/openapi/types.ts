import type { ExternalDocs } from '../definition.ts'
import type { SecuritySchemeObject } from '../security.ts'
import type { SecurityObject } from './security.ts'

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 uses it. */
export type JsonSchema = { readonly [keyword: string]: unknown }

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
  readonly description?: string
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object */
export interface ParameterObject {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema: JsonSchema
}

/** Bodies by media type. */
export type ContentObject = Readonly<Record<string, { readonly schema: JsonSchema }>>

/** @see https://spec.openapis.org/oas/v3.1.1.html#request-body-object */
export interface RequestBodyObject {
  readonly required: boolean
  readonly content: ContentObject
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#header-object */
export interface HeaderObject {
  readonly required?: boolean
  readonly schema: JsonSchema
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#link-object */
export interface LinkObject {
  readonly operationId: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
  readonly description?: string
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#response-object */
export interface ResponseObject {
  readonly description: string
  readonly headers?: Readonly<Record<string, HeaderObject>>
  readonly content?: ContentObject
  readonly links?: Readonly<Record<string, LinkObject>>
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#tag-object */
export interface TagObject {
  readonly name: string
  readonly description?: string
  readonly externalDocs?: ExternalDocs
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#operation-object */
export interface OperationObject {
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly externalDocs?: ExternalDocs
  readonly operationId: string
  readonly parameters?: readonly ParameterObject[]
  readonly requestBody?: RequestBodyObject
  readonly responses: Readonly<Record<string, ResponseObject>>
  readonly callbacks?: Readonly<Record<string, CallbackObject>>
  readonly deprecated?: boolean
  readonly security?: readonly SecurityObject[]
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#path-item-object */
export type PathItemObject = Readonly<Record<string, OperationObject>>

/** @see https://spec.openapis.org/oas/v3.1.1.html#callback-object */
export type CallbackObject = Readonly<Record<string, PathItemObject>>

/** @see https://spec.openapis.org/oas/v3.1.1.html#components-object */
export interface ComponentsObject {
  readonly schemas?: Readonly<Record<string, JsonSchema>>
  readonly securitySchemes?: Readonly<Record<string, SecuritySchemeObject>>
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#openapi-object */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: InfoObject
  readonly servers: readonly ServerObject[]
  readonly security: readonly never[]
  readonly tags?: readonly TagObject[]
  readonly paths: Readonly<Record<string, PathItemObject>>
  readonly webhooks?: Readonly<Record<string, PathItemObject>>
  readonly components?: ComponentsObject
}
