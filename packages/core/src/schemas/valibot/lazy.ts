import { dataOf, type ValibotSchema } from './data.ts'

const targets = new WeakMap<object, ValibotSchema>()

/** What a lazy schema stands for; asked once, since a function may give a new one each time. */
export function targetOf(schema: ValibotSchema): ValibotSchema {
  const { getter } = schema
  if (!getter) return schema
  const target = targets.get(getter) ?? dataOf(getter(undefined))
  targets.set(getter, target)
  return target
}
