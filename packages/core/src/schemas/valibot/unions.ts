import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { AnySchema } from '../../definition/schema.ts'
import type { At } from '../at.ts'
import { discriminatorOf } from '../discriminator.ts'
import { dataOf, type ValibotSchema } from './data.ts'
import { isAbsent } from './undefined.ts'

/** Converts a union; `undefined` among its branches is what JSON leaves out. */
export function unionJson({ options = [] }: ValibotSchema, { inside }: At): JsonSchema | undefined {
  const branches = schemasIn(options).flatMap<JsonSchema>((option, index) =>
    isAbsent(dataOf(option)) ? [] : inside(option, `|${index + 1}`),
  )
  const [only] = branches
  if (only === undefined) return options.length === 0 ? { not: {} } : undefined
  return branches.length === 1 ? only : { anyOf: branches }
}

/** Converts a union whose branches one member tells apart; where it does not, the first that fits is taken. */
export function variantJson({ key, options = [] }: ValibotSchema, { inside }: At): JsonSchema {
  const branches = schemasIn(options).map((option, index) => ({
    json: inside(option, `|${index + 1}`),
    values: valuesOf(option, String(key)),
  }))
  const jsons = branches.map(({ json }) => json)
  const values = branches.flatMap((branch) => branch.values ?? [undefined])
  const areApart = !values.includes(undefined) && new Set(values.map(String)).size === values.length
  if (!areApart) return { anyOf: jsons }
  return { oneOf: jsons, ...discriminatorOf(String(key), branches) }
}

/** Converts what is all of several. */
export function intersectJson({ options = [] }: ValibotSchema, { inside }: At): JsonSchema {
  const parts = schemasIn(options).map((option) => inside(option, ''))
  return parts.length === 0 ? {} : { allOf: parts }
}

/** The values that a member has in a branch; a branch that is a variant itself has those of all its branches. */
function valuesOf(branch: AnySchema, key: string): readonly unknown[] | undefined {
  const { entries, options } = dataOf(branch)
  if (entries === undefined)
    return options && schemasIn(options).flatMap((one) => valuesOf(one, key))
  const entry = Object.hasOwn(entries, key) ? entries[key] : undefined
  if (entry === undefined) return undefined
  const { type, literal, options: values, fallback } = dataOf(entry)
  if (fallback !== undefined) return undefined
  if (type === 'literal') return [literal]
  return type === 'picklist' || type === 'enum' ? values : undefined
}

function schemasIn(options: readonly unknown[]): readonly AnySchema[] {
  return options as readonly AnySchema[]
}
