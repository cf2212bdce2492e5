import { dataOf, type ValibotSchema } from './data.ts'

const targets = new WeakMap<object, ValibotSchema>()

/** The schema that a lazy one stands for. Its function is called once, as it may return a new schema each time. */
export function targetOf(schema: ValibotSchema): ValibotSchema {
  const { getter } = schema
  if (!getter) return schema
  const target = targets.get(getter) ?? dataOf(getter(undefined))
  targets.set(getter, target)
  return target
}
