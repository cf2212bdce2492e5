import type { ParameterLocation } from './parts.ts'

/** A JSON Schema of draft 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** @see https://spec.openapis.org/oas/v3.1.1.html#example-object */
export interface ExampleObject {
  readonly summary?: string
  readonly description?: string
  readonly value?: unknown
  readonly externalValue?: string
  /** OpenAPI 3.2: the value before serialization. */
  readonly dataValue?: unknown
  /** OpenAPI 3.2: the value as serialized. */
  readonly serializedValue?: string
}

/** Examples by name. */
export type Examples = Readonly<Record<string, ExampleObject>>

/** The fields that a parameter and a header share. */
export interface FieldObject {
  readonly description?: string
  readonly required?: boolean
  readonly deprecated?: boolean
  readonly schema?: JsonSchema
  readonly style?: string
  readonly explode?: boolean
  readonly example?: unknown
  readonly examples?: Examples
  readonly content?: ContentObject
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#header-object */
export interface HeaderObject extends FieldObject {
  /** OpenAPI 3.2. */
  readonly allowReserved?: boolean
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object */
export interface ParameterObject extends FieldObject {
  readonly name: string
  readonly in: ParameterLocation
  readonly allowEmptyValue?: boolean
  readonly allowReserved?: boolean
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object */
export interface EncodingObject {
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, HeaderObject>>
  readonly style?: string
  readonly explode?: boolean
  readonly allowReserved?: boolean
  /** OpenAPI 3.2, like the field of a media type. */
  readonly encoding?: Readonly<Record<string, EncodingObject>>
  readonly prefixEncoding?: readonly EncodingObject[]
  readonly itemEncoding?: EncodingObject
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#media-type-object */
export interface MediaTypeObject {
  readonly schema?: JsonSchema
  /** OpenAPI 3.2: the schema of one item of a stream. */
  readonly itemSchema?: JsonSchema
  readonly example?: unknown
  readonly examples?: Examples
  readonly encoding?: Readonly<Record<string, EncodingObject>>
  /** OpenAPI 3.2. */
  readonly description?: string
  readonly prefixEncoding?: readonly EncodingObject[]
  readonly itemEncoding?: EncodingObject
}

/** Bodies by media type. */
export type ContentObject = Readonly<Record<string, MediaTypeObject>>

/** @see https://spec.openapis.org/oas/v3.1.1.html#request-body-object */
export interface RequestBodyObject {
  readonly description?: string
  readonly required: boolean
  readonly content: ContentObject
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#link-object */
export interface LinkObject {
  readonly operationId: string
  readonly operationRef?: string
  readonly server?: { readonly url: string; readonly description?: string }
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
  readonly description?: string
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#response-object */
export interface ResponseObject {
  /** OpenAPI 3.2. */
  readonly summary?: string
  readonly description: string
  readonly headers?: Readonly<Record<string, HeaderObject | { readonly $ref: string }>>
  readonly content?: ContentObject
  readonly links?: Readonly<Record<string, LinkObject>>
}
