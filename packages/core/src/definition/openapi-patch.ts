import type { HttpMethod } from './definition.ts'
import type { ParameterObject } from './openapi-message-types.ts'
import type {
  ComponentsObject,
  OpenApiDocument,
  OperationObject,
  ReferenceObject,
  ServerObject,
} from './openapi-types.ts'

/** The `x-` fields, which every OpenAPI object can have. */
export interface OpenApiExtensions {
  readonly [name: `x-${string}`]: unknown
}

/** Some of the fields of an object, at any depth; arrays are replaced as a whole. */
export type OpenApiPatch<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? {
        readonly [TName in keyof T]?: OpenApiPatch<T[TName]>
      } & OpenApiExtensions
    : T

/** Fields of an operation that no method writes; parameters by location and name, such as `query.page`. */
export interface OperationPatch
  extends Omit<OpenApiPatch<OperationObject>, 'parameters'>,
    OpenApiExtensions {
  readonly parameters?: {
    readonly [TName in `${ParameterObject['in']}.${string}`]?: OpenApiPatch<ParameterObject>
  }
}

/** Fields of a path item. */
export interface PathItemPatch extends OpenApiExtensions {
  readonly $ref?: string
  readonly summary?: string
  readonly description?: string
  readonly servers?: readonly ServerObject[]
  readonly parameters?: readonly (ParameterObject | ReferenceObject)[]
  /** OpenAPI 3.2. */
  readonly additionalOperations?: Readonly<Record<string, OpenApiPatch<OperationObject>>>
}

/** Fields of path items, by path or name. */
export type PathItemPatches = Readonly<
  Record<
    string,
    PathItemPatch & {
      readonly [TName in HttpMethod | 'query']?: OpenApiPatch<OperationObject>
    }
  >
>

/** Kinds of components that only a patch writes. */
export type OtherComponentsPatch = {
  readonly [TKind in
    | 'examples'
    | 'requestBodies'
    | 'links'
    | 'pathItems'
    | 'mediaTypes']?: Readonly<Record<string, unknown>>
}

/** Fields of a document that no option writes. */
export interface DocumentPatch
  extends Omit<OpenApiPatch<OpenApiDocument>, 'paths' | 'webhooks' | 'components'>,
    OpenApiExtensions {
  /** OpenAPI 3.2. */
  readonly $self?: string
  readonly jsonSchemaDialect?: string
  readonly paths?: PathItemPatches
  readonly webhooks?: PathItemPatches
  readonly components?: OpenApiPatch<ComponentsObject> & OtherComponentsPatch
}
