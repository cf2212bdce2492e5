import type { AnySchema } from '../schema.ts'
import { dataOf, type ValibotSchema } from '../valibot-data.ts'
import type { At } from './at.ts'
import { discriminatorOf } from './discriminator.ts'
import type { JsonSchema } from './message-types.ts'
import { isAbsent } from './valibot-wrapped.ts'

/** Converts a union; `undefined` among its branches is what JSON leaves out. */
export function unionJson({ options = [] }: ValibotSchema, { inside }: At): JsonSchema | undefined {
  const all = schemasIn(options)
  const branches = all
    .map((option, index) => [option, index] as const)
    .filter(([option]) => !isAbsent(dataOf(option)))
    .map(([option, index]) => inside(option, `|${index + 1}`))
  const [only] = branches
  if (only === undefined) return all.length === 0 ? { not: {} } : undefined
  return branches.length === 1 ? only : { anyOf: branches }
}

/** Converts a union whose branches one member tells apart. */
export function variantJson({ key, options = [] }: ValibotSchema, { inside }: At): JsonSchema {
  const branches = schemasIn(options).map((option, index) => ({
    json: inside(option, `|${index + 1}`),
    values: valuesOf(option, String(key)),
  }))
  return {
    oneOf: branches.map(({ json }) => json),
    ...discriminatorOf(String(key), branches),
  }
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
  const { type, literal, options: values } = dataOf(entry)
  if (type === 'literal') return [literal]
  return type === 'picklist' || type === 'enum' ? values : undefined
}

function schemasIn(options: readonly unknown[]): readonly AnySchema[] {
  return options as readonly AnySchema[]
}
