import type { HttpMethod } from './definition.ts'
import type { ParameterObject } from './openapi-message-types.ts'
import type {
  ComponentsObject,
  OpenApiDocument,
  OperationObject,
  ReferenceObject,
  ServerObject,
} from './openapi-types.ts'

/** `x-` fields, which any object of OpenAPI may have. */
export interface Extensions {
  readonly [name: `x-${string}`]: unknown
}

/** Some of an object's fields, and of theirs; lists are given whole. */
export type Patch<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? {
        readonly [TName in keyof T]?: Patch<T[TName]>
      } & Extensions
    : T

/** Fields of an operation that no method writes; its parameters by place and name, as `query.page`. */
export interface OperationPatch extends Omit<Patch<OperationObject>, 'parameters'>, Extensions {
  readonly parameters?: {
    readonly [TName in `${ParameterObject['in']}.${string}`]?: Patch<ParameterObject>
  }
}

/** Fields of a path item, those that we never write included. */
export interface PathItemPatch extends Extensions {
  readonly $ref?: string
  readonly summary?: string
  readonly description?: string
  readonly servers?: readonly ServerObject[]
  readonly parameters?: readonly (ParameterObject | ReferenceObject)[]
  /** 3.2 */
  readonly additionalOperations?: Readonly<Record<string, Patch<OperationObject>>>
}

/** Path items by path or name, with fields that we never write. */
export type PathItemPatches = Readonly<
  Record<
    string,
    PathItemPatch & {
      readonly [TName in HttpMethod | 'query']?: Patch<OperationObject>
    }
  >
>

/** Kinds of components that we never write. */
export type OtherComponents = {
  readonly [TKind in
    | 'examples'
    | 'requestBodies'
    | 'links'
    | 'pathItems'
    | 'mediaTypes']?: Readonly<Record<string, unknown>>
}

/** Fields of a document that no option writes. */
export interface DocumentPatch
  extends Omit<Patch<OpenApiDocument>, 'paths' | 'webhooks' | 'components'>,
    Extensions {
  /** 3.2 */
  readonly $self?: string
  readonly jsonSchemaDialect?: string
  readonly paths?: PathItemPatches
  readonly webhooks?: PathItemPatches
  readonly components?: Patch<ComponentsObject> & OtherComponents
}
