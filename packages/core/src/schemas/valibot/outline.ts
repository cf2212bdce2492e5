import type { AnySchema } from '../../definition/schema.ts'
import type { Side } from '../conversion.ts'
import {
  ANY,
  arrayOutline,
  intersectionOutline,
  type Kind,
  lazyOutline,
  type Outline,
  objectOutline,
  scalarOutline,
  unionOutline,
  valuesOutline,
  wordOutline,
} from '../outline.ts'
import { branchesOf } from './branches.ts'
import { dataOf, type Pipe, schemaOf, type ValibotSchema } from './data.ts'
import { endOf } from './pipe-end.ts'

const SCALARS: Readonly<Record<string, readonly Kind[]>> = {
  bigint: ['bigint'],
  blob: ['unknown'],
  boolean: ['boolean'],
  date: ['date'],
  file: ['unknown'],
  nan: ['unknown'],
  never: [],
  null: [],
  number: ['number'],
  symbol: ['unknown'],
  undefined: [],
  void: [],
}

const OPTIONAL = new Set(['exact_optional', 'nullish', 'optional'])

/** Outlines one side of a valibot schema. */
export function valibotOutline(schema: AnySchema, side: Side): Outline {
  const data = dataOf(schema)
  if (side === 'output' && data.pipe) return outputOfPipe(data.pipe)

  const inner = (one: AnySchema) => valibotOutline(one, side)
  switch (data.type) {
    case 'object':
    case 'strict_object':
      return objectOutline(membersOf(data, inner), undefined)
    case 'loose_object':
      return objectOutline(membersOf(data, inner), ANY)
    case 'object_with_rest':
      return objectOutline(membersOf(data, inner), data.rest && inner(data.rest))
    case 'record':
      return objectOutline(new Map(), data.value && inner(data.value))
    case 'array': {
      const { item } = data
      return arrayOutline([], item && (() => inner(item)))
    }
    case 'tuple':
    case 'strict_tuple':
    case 'loose_tuple':
    case 'tuple_with_rest': {
      const { items = [], rest, type } = data
      const others = rest ? () => inner(rest) : type === 'loose_tuple' ? () => ANY : undefined
      return arrayOutline(
        items.map((item) => () => inner(item)),
        others,
      )
    }
    case 'union':
    case 'variant':
      return unionOutline(branchesOf(data).map(inner))
    case 'intersect':
      return intersectionOutline(branchesOf(data).map(inner))
    case 'literal':
      return valuesOutline([data.literal])
    case 'picklist':
    case 'enum':
      return valuesOutline(data.options ?? [])
    case 'string':
      return data.pipe ? wordOutline((text) => isTaken(schema, text)) : scalarOutline(['string'])
    case 'lazy':
      return lazyOutline(() => (data.getter ? inner(data.getter(undefined)) : ANY))
  }
  if (data.wrapped) {
    const wrapped = wrappedOutline(inner(data.wrapped), data)
    return OPTIONAL.has(data.type) ? { ...wrapped, isOptional: true } : wrapped
  }
  const kinds = SCALARS[data.type]
  return kinds ? scalarOutline(kinds) : ANY
}

function membersOf(
  { entries = {} }: ValibotSchema,
  inner: (schema: AnySchema) => Outline,
): ReadonlyMap<string, () => Outline> {
  return new Map(Object.entries(entries).map(([name, schema]) => [name, () => inner(schema)]))
}

/** Whether a schema takes a text; an asynchronous one is asked later. */
function isTaken(schema: AnySchema, text: string): boolean {
  const result = schema['~standard'].validate(text)
  return result instanceof Promise || !result.issues
}

/** A wrapper such as `v.optional`: the schema inside, with the wrapper's default. */
function wrappedOutline(inside: Outline, { type, default: value }: ValibotSchema): Outline {
  if (value === undefined) return inside
  const fallback = typeof value === 'function' ? () => value() : () => value
  return {
    ...inside,
    ...(type !== 'nullable' && { fallback }),
    ...((type === 'nullable' || type === 'nullish') && { nullFallback: fallback }),
  }
}

/** The output of a pipe is that of its last schema, unless a transformation follows. */
function outputOfPipe(pipe: Pipe): Outline {
  const { schema, actions } = endOf(pipe)
  const isChanged = actions.some(({ kind }) => kind === 'transformation')
  return isChanged ? ANY : valibotOutline(schemaOf(schema), 'output')
}
