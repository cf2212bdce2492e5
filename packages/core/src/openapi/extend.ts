import { CoreError } from '../definition/errors.ts'
import type { ParameterObject } from '../definition/openapi-message-types.ts'
import type { OperationPatch } from '../definition/openapi-patch.ts'
import type { OperationObject } from '../definition/openapi-types.ts'

/**
 * Merges patches into an operation.
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
      throw new CoreError(
        'path',
        `${place} extends the parameter '${names[0]}', which it does not declare`,
      )
    }
    return { ...merged, parameters: all }
  }, object)
}

/** Merges a patch into a value: objects member by member, anything else is replaced. */
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
