import type { Method } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { ParameterObject } from '../definition/openapi-message-types.ts'
import type {
  ComponentsObject,
  OpenApiDocument,
  OperationObject,
  ReferenceObject,
  ServerObject,
} from '../definition/openapi-types.ts'

interface Extensions {
  readonly [name: `x-${string}`]: unknown
}

/** Some of an object's fields, and of theirs; lists are given whole. */
export type Patch<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [TName in keyof T]?: Patch<T[TName]> } & Extensions
    : T

/** Fields of an operation that no method writes; its parameters by place and name, as `query.page`. */
export interface OperationPatch extends Omit<Patch<OperationObject>, 'parameters'>, Extensions {
  readonly parameters?: {
    readonly [TName in `${ParameterObject['in']}.${string}`]?: Patch<ParameterObject>
  }
}

/** Fields of a path item, those that we never write included. */
interface PathItemPatch extends Extensions {
  readonly $ref?: string
  readonly summary?: string
  readonly description?: string
  readonly servers?: readonly ServerObject[]
  readonly parameters?: readonly (ParameterObject | ReferenceObject)[]
  /** 3.2 */
  readonly additionalOperations?: Readonly<Record<string, Patch<OperationObject>>>
}

type PathItemPatches = Readonly<
  Record<string, PathItemPatch & { readonly [TName in Method | 'query']?: Patch<OperationObject> }>
>

/** Kinds of components that we never write. */
type OtherComponents = {
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

/**
 * Writes patches into an operation.
 *
 * @throws {CoreError} with `path` for a parameter that the operation does not have
 */
export function extendOperation(
  object: OperationObject,
  patches: readonly OperationPatch[] | undefined,
  place: string,
): OperationObject {
  if (!patches) return object
  return patches.reduce<OperationObject>((patched, { parameters = {}, ...patch }) => {
    const merged = merge(patched, patch) as OperationObject
    const names = Object.keys(parameters)
    if (names.length === 0) return merged
    const all = (merged.parameters ?? []).map((one) => {
      const name = '$ref' in one ? undefined : `${one.in}.${one.name}`
      if (name === undefined || !Object.hasOwn(parameters, name)) return one
      names.splice(names.indexOf(name), 1)
      return merge(one, parameters[name as keyof typeof parameters]) as ParameterObject
    })
    if (names.length > 0) {
      throw new CoreError('path', `${place} extends the parameter '${names[0]}', which it lacks`)
    }
    return { ...merged, parameters: all }
  }, object)
}

/** Writes a patch into whatever it is for: objects by member, everything else whole. */
export function merge(value: unknown, patch: unknown): unknown {
  if (!isObject(value) || !isObject(patch)) return patch
  const merged: Record<string, unknown> = { ...value }
  for (const [name, inner] of Object.entries(patch)) {
    merged[name] = Object.hasOwn(value, name) ? merge(value[name], inner) : inner
  }
  return merged
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
