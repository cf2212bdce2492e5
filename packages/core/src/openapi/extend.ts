import { CoreError } from '../definition/errors.ts'
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
    const merged = merge(patched, patch)
    const missing = new Map<string, unknown>(Object.entries(parameters))
    if (missing.size === 0) return merged
    const all = (merged.parameters ?? []).map((one) => {
      const name = '$ref' in one ? '' : `${one.in}.${one.name}`
      const its = missing.get(name)
      return missing.delete(name) ? merge(one, its) : one
    })
    for (const name of missing.keys()) {
      throw new CoreError(
        'path',
        `${place} extends the parameter '${name}', which it does not declare`,
      )
    }
    return { ...merged, parameters: all }
  }, object)
}

/** Merges a patch into a value: objects member by member, anything else is replaced. */
export function merge<TValue>(value: TValue, patch: unknown): TValue {
  // the types of patches allow only the members of what they patch
  if (!isObject(value) || !isObject(patch)) return patch as TValue
  const merged: Record<string, unknown> = { ...value }
  for (const [name, inner] of Object.entries(patch)) {
    merged[name] = Object.hasOwn(value, name) ? merge(value[name], inner) : inner
  }
  // patched members have the types that they had
  return merged as TValue
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
