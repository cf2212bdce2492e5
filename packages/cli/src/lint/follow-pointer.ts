import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'

/** Where a JSON Pointer leads in a schema: to schemas, to nothing, or where the schema does not tell. */
export type Followed =
  | { readonly state: 'found'; readonly schemas: readonly JsonObject[] }
  /** `at` is the number of names that were found. */
  | { readonly state: 'lacks'; readonly at: number; readonly members: readonly string[] }
  | { readonly state: 'unknown' }

const UNKNOWN: Followed = { state: 'unknown' }
const DEEPEST = 32

/** Follows the names of a JSON Pointer through a JSON Schema, and every branch of it. */
export function followPointer(
  document: JsonObject,
  schema: unknown,
  names: readonly string[],
): Followed {
  let schemas: readonly unknown[] = [schema]
  for (const [at, name] of names.entries()) {
    const branches = schemas.map((one) => branchesOf(document, one))
    const known = branches.flatMap((one) => one ?? [])
    const steps = known.map((one) => step(one, name))
    const found = steps.flatMap((one) => (one.state === 'found' ? one.schemas : []))
    if (found.length === 0) {
      const isOpen =
        branches.includes(undefined) ||
        steps.some((one) => one.state === 'unknown') ||
        // no branch says anything about members
        steps.every((one) => one.state === 'silent')
      if (isOpen) return UNKNOWN
      const members = known.flatMap(({ properties }) =>
        isRecord(properties) ? Object.keys(properties) : [],
      )
      return { state: 'lacks', at, members: [...new Set(members)] }
    }
    schemas = found
  }
  const branches = schemas.map((one) => branchesOf(document, one))
  if (branches.includes(undefined)) return UNKNOWN
  return { state: 'found', schemas: branches.flatMap((one) => one ?? []) }
}

type Step =
  | { readonly state: 'found'; readonly schemas: readonly unknown[] }
  | { readonly state: 'lacks' | 'unknown' | 'silent' }

function step(schema: JsonObject, name: string): Step {
  const { properties, patternProperties, additionalProperties, items, prefixItems } = schema
  if (isRecord(properties) && Object.hasOwn(properties, name)) {
    return { state: 'found', schemas: [properties[name]] }
  }
  if (isRecord(patternProperties)) return { state: 'unknown' }
  if (isRecord(additionalProperties)) return { state: 'found', schemas: [additionalProperties] }
  if (additionalProperties === true) return { state: 'unknown' }

  if (items !== undefined || Array.isArray(prefixItems)) {
    if (!/^(?:0|[1-9]\d*)$/.test(name)) return { state: 'lacks' }
    const own = Array.isArray(prefixItems) ? prefixItems[Number(name)] : undefined
    return (own ?? items) ? { state: 'found', schemas: [own ?? items] } : { state: 'lacks' }
  }
  const types = typesOf(schema)
  const isScalar = types.length > 0 && !types.some((one) => one === 'object' || one === 'array')
  if (isScalar || additionalProperties === false) return { state: 'lacks' }
  return isRecord(properties) && Object.keys(properties).length > 0
    ? { state: 'lacks' }
    : { state: 'silent' }
}

/** The types that a schema names; `[]` for any. */
export function typesOf({ type }: JsonObject): string[] {
  return [type].flat().filter((one) => typeof one === 'string' && one !== 'null') as string[]
}

/** A schema with all that it is made of; `undefined` where a part is in another document, or takes everything. */
function branchesOf(document: JsonObject, schema: unknown, depth = 0): JsonObject[] | undefined {
  const { value } = resolve(document, schema)
  if (!isRecord(value) || depth > DEEPEST) return undefined
  const { allOf, anyOf, oneOf, then, else: otherwise, $dynamicRef } = value
  if ($dynamicRef !== undefined) return undefined
  const inner = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []))
  const branches = [value]
  for (const one of [...inner, then, otherwise]) {
    if (one === undefined) continue
    const own = branchesOf(document, one, depth + 1)
    if (own === undefined) return undefined
    branches.push(...own)
  }
  // a part that only describes says nothing of members
  const telling = branches.filter(
    (one) => one.type ?? one.properties ?? one.items ?? one.additionalProperties,
  )
  return telling.length > 0 ? telling : branches
}
