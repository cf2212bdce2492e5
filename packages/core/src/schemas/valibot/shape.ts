import type { AnySchema } from '../../definition/schema.ts'
import type { Side } from '../conversion.ts'
import {
  ANY_SHAPE,
  type ObjectShape,
  type RestShape,
  type Shape,
  scalarShape,
  valuesShape,
} from '../shape.ts'
import { takesName, validDefault } from '../validated.ts'
import { KEEPS_TYPE } from './actions.ts'
import { branchesOf } from './branches.ts'
import { dataOf, type Pipe, schemaOf, type ValibotSchema } from './data.ts'
import { targetOf } from './lazy.ts'

/** Makes the shape of one side of a valibot schema; `inner` makes those of its parts. */
export function valibotShape(
  schema: AnySchema,
  side: Side,
  inner: (schema: AnySchema) => Shape,
): Shape {
  const data = dataOf(schema)
  const { type, pipe, item, items = [], rest, wrapped } = data
  if (pipe) return pipeShape(pipe, side, inner)
  switch (type) {
    case 'object':
      return objectShape(data, inner)
    case 'strict_object':
      return { ...objectShape(data, inner), isStrict: true }
    case 'loose_object':
      return { ...objectShape(data, inner), rest: { shape: ANY_SHAPE } }
    case 'object_with_rest':
      return { ...objectShape(data, inner), rest: rest && { shape: inner(rest) } }
    case 'record':
      return { kind: 'object', members: new Map(), rest: recordRest(data, inner), isStrict: true }
    case 'array':
      return { kind: 'array', items: [], rest: item && inner(item) }
    case 'tuple':
    case 'strict_tuple':
    case 'loose_tuple':
    case 'tuple_with_rest':
      return {
        kind: 'array',
        items: items.map(inner),
        rest: rest ? inner(rest) : type === 'loose_tuple' ? ANY_SHAPE : undefined,
        isStrict: type === 'strict_tuple',
      }
    case 'union':
    case 'variant':
      return { kind: 'union', branches: branchesOf(data).map(inner) }
    case 'intersect':
      return { kind: 'all', parts: branchesOf(data).map(inner) }
    case 'literal':
      return valuesShape([data.literal])
    case 'picklist':
    case 'enum':
      return valuesShape(data.options ?? [])
    case 'lazy':
      return { kind: 'lazy', target: () => inner(schemaOf(targetOf(data))) }
  }
  return wrapped ? wrappedShape(schema, side, inner(wrapped)) : scalarShape(type)
}

function objectShape(
  { entries = {} }: ValibotSchema,
  inner: (schema: AnySchema) => Shape,
): ObjectShape {
  const members = Object.entries(entries).map(([name, one]) => [name, inner(one)] as const)
  return { kind: 'object', members: new Map(members) }
}

function recordRest({ key, value }: ValibotSchema, inner: (schema: AnySchema) => Shape): RestShape {
  return {
    shape: value ? inner(value) : ANY_SHAPE,
    accepts: typeof key === 'object' ? takesName(key) : undefined,
  }
}

function wrappedShape(schema: AnySchema, side: Side, inner: Shape): Shape {
  const { type, default: value } = dataOf(schema)
  if (type.startsWith('non_')) return inner
  const fillsNull = value != null && side === 'output'
  return {
    kind: 'maybe',
    inner,
    isOptional: type !== 'nullable',
    isNullable: type === 'nullable' || type === 'nullish',
    fill: value === undefined ? undefined : fillOf(schema, side, value),
    fillsNull,
  }
}

function fillOf(schema: AnySchema, side: Side, value: unknown): () => unknown {
  // the default is an input, which the output side transforms
  if (side === 'output') {
    const absent = dataOf(schema).type === 'nullable' ? null : undefined
    return () => validDefault(schema, absent)
  }
  return typeof value === 'function' ? () => value() : () => value
}

/** A pipe has the shape of the schemas that stand on one side of its transformations. */
function pipeShape(pipe: Pipe, side: Side, inner: (schema: AnySchema) => Shape): Shape {
  const isChange = (item: Pipe[number]) =>
    item.kind === 'transformation' && !KEEPS_TYPE.has(item.type)
  const first = pipe.findIndex(isChange)
  const part =
    first < 0
      ? pipe
      : side === 'input'
        ? pipe.slice(0, first)
        : pipe.slice(pipe.findLastIndex(isChange) + 1)
  const shapes = part.flatMap((item) => {
    if (item.kind !== 'schema') return []
    const shape = inner(schemaOf(item))
    return shape.kind === 'any' ? [] : [shape]
  })
  return (side === 'input' ? shapes[0] : shapes.at(-1)) ?? ANY_SHAPE
}
