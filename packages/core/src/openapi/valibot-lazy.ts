import type { AnySchema } from '../schema.ts'
import { dataOf } from '../valibot-data.ts'

const targets = new WeakMap<object, AnySchema>()

/** What a lazy schema stands for; asked once, since a function may give a new one each time. */
export function targetOf(schema: AnySchema): AnySchema {
  const { getter = () => schema } = dataOf(schema)
  const target = targets.get(getter) ?? getter(undefined)
  targets.set(getter, target)
  return target
}
