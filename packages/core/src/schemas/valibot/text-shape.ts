import type { AnySchema } from '../../definition/schema.ts'
import type { TextShape } from '../text-shape.ts'
import { branchesOf } from './branches.ts'
import { dataOf } from './data.ts'

const KINDS: Readonly<Record<string, TextShape['is']>> = {
  bigint: 'scalar',
  blob: 'file',
  boolean: 'scalar',
  date: 'scalar',
  file: 'file',
  function: 'other',
  map: 'other',
  nan: 'other',
  number: 'scalar',
  promise: 'other',
  set: 'other',
  string: 'string',
  symbol: 'other',
}

/** The shape of a valibot schema, by its data. */
export function valibotTextShape(schema: AnySchema): TextShape {
  const data = dataOf(schema)
  const { type, entries, rest, value, wrapped, item, items, options, literal, getter } = data
  if (wrapped) return valibotTextShape(wrapped)
  if (getter) return valibotTextShape(getter(undefined))
  if (entries || type === 'record') {
    const others = rest ?? value
    return {
      is: 'object',
      parts: partsOf(entries ?? {}),
      rest: others && (() => valibotTextShape(others)),
      isClosed: type === 'strict_object',
    }
  }
  if (item || items)
    return { is: 'list', parts: partsOf([...(items ?? []), item ?? rest ?? []].flat()) }
  if (type === 'union' || type === 'variant' || type === 'intersect') {
    return { is: 'union', parts: partsOf(branchesOf(data)) }
  }
  const values = type === 'literal' ? [literal] : (options ?? [])
  if (values.length > 0)
    return { is: values.some((one) => typeof one === 'string') ? 'string' : 'scalar' }
  return { is: (Object.hasOwn(KINDS, type) ? KINDS[type] : undefined) ?? 'any' }
}

function partsOf(schemas: Readonly<Record<string, AnySchema>> | readonly AnySchema[]) {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, () => valibotTextShape(schema)]),
  )
}
