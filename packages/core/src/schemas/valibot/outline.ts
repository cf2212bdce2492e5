import type { AnySchema } from '../../definition/schema.ts'
import {
  ANY,
  arrayOutline,
  type Kind,
  kindsOf,
  lazyOutline,
  type Outline,
  objectOutline,
  type Side,
  scalarOutline,
  unionOutline,
} from '../outline/outline.ts'
import type { ValibotSchema } from './data.ts'

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
  string: ['string'],
  symbol: ['unknown'],
  undefined: [],
  void: [],
}

/** Outlines a valibot schema by the data that it consists of. */
export function valibotOutline(schema: AnySchema, side: Side): Outline {
  const data = schema as unknown as ValibotSchema
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
    case 'intersect':
      return unionOutline(((data.options ?? []) as readonly AnySchema[]).map(inner))
    case 'literal':
      return scalarOutline(kindsOf([data.literal]))
    case 'picklist':
    case 'enum':
      return scalarOutline(kindsOf(data.options ?? []))
    case 'lazy':
      return lazyOutline(() => (data.getter ? inner(data.getter(undefined)) : ANY))
  }
  if (data.wrapped) return wrappedOutline(inner(data.wrapped), data.default)
  const kinds = SCALARS[data.type]
  return kinds ? scalarOutline(kinds) : ANY
}

function membersOf(
  { entries = {} }: ValibotSchema,
  inner: (schema: AnySchema) => Outline,
): ReadonlyMap<string, () => Outline> {
  return new Map(Object.entries(entries).map(([name, schema]) => [name, () => inner(schema)]))
}

/** Optional, nullable and the like: what is inside, with a default of its own. */
function wrappedOutline(inside: Outline, fallback: unknown): Outline {
  if (fallback === undefined) return inside
  return { ...inside, fallback: typeof fallback === 'function' ? () => fallback() : () => fallback }
}

/** The last schema of a pipe says what comes out, unless something changes it afterwards. */
function outputOfPipe(pipe: readonly { readonly kind: string }[]): Outline {
  const last = pipe.findLastIndex(({ kind }) => kind === 'schema')
  const isChanged = pipe.slice(last + 1).some(({ kind }) => kind === 'transformation')
  const schema = pipe[last]
  return schema === undefined || isChanged
    ? ANY
    : valibotOutline(schema as unknown as AnySchema, 'output')
}
