import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { AnySchema } from '../../definition/schema.ts'
import { discriminatorOf } from '../discriminator.ts'
import type { At } from './at.ts'
import { branchesOf } from './branches.ts'
import { dataOf, type ValibotSchema } from './data.ts'
import { isAbsent } from './undefined.ts'

/** Converts a union. JSON leaves out a value that is `undefined`, and so is that branch. */
export function unionJson(union: ValibotSchema, { inside }: At): JsonSchema | undefined {
  const options = branchesOf(union)
  const branches = options.flatMap<JsonSchema>((option, index) =>
    isAbsent(dataOf(option)) ? [] : inside(option, `|${index + 1}`),
  )
  const [only] = branches
  if (only === undefined) return options.length === 0 ? { not: {} } : undefined
  return branches.length === 1 ? only : { anyOf: branches }
}

/** Converts a variant: `oneOf` where one member tells all branches apart, else `anyOf`, as the first match is taken. */
export function variantJson(variant: ValibotSchema, { inside }: At): JsonSchema {
  const key = String(variant.key)
  const branches = branchesOf(variant).map((option, index) => ({
    json: inside(option, `|${index + 1}`),
    values: valuesOf(option, key),
  }))
  const jsons = branches.map(({ json }) => json)
  const values = branches.flatMap((branch) => branch.values ?? [undefined])
  const areApart = !values.includes(undefined) && new Set(values.map(String)).size === values.length
  if (!areApart) return { anyOf: jsons }
  return { oneOf: jsons, ...discriminatorOf(key, branches) }
}

/** Converts an intersection. */
export function intersectJson(intersection: ValibotSchema, { inside }: At): JsonSchema {
  const parts = branchesOf(intersection).map((option) => inside(option, ''))
  return parts.length === 0 ? {} : { allOf: parts }
}

/** The values of a member in a branch; those of a nested variant are the values of all its branches. */
function valuesOf(branch: AnySchema, key: string): readonly unknown[] | undefined {
  const data = dataOf(branch)
  const { entries, options } = data
  if (entries === undefined) {
    return options && branchesOf(data).flatMap((inner) => valuesOf(inner, key))
  }
  const entry = Object.hasOwn(entries, key) ? entries[key] : undefined
  if (entry === undefined) return undefined
  const { type, literal, options: values, fallback } = dataOf(entry)
  if (fallback !== undefined) return undefined
  if (type === 'literal') return [literal]
  return type === 'picklist' || type === 'enum' ? values : undefined
}
