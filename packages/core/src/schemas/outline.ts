/**
 * The type of a value, as far as text can be converted to it: `string` is any text, `word` only some, such as that of a
 * literal or a pattern, `unknown` any other type.
 */
export type Kind =
  | 'string'
  | 'word'
  | 'number'
  | 'bigint'
  | 'boolean'
  | 'date'
  | 'array'
  | 'unknown'

/** The values of one side of a schema, as far as a JSON Pointer or a parameter needs to know them. */
export interface Outline {
  /** The member of this name; `undefined` when no value has it. */
  readonly member: (name: string) => Outline | undefined
  /** The names of the declared members. */
  readonly names: readonly string[]
  /** The kinds of its values. */
  readonly kinds: () => readonly Kind[]
  /** The items of an array that has any number of one kind. */
  readonly item?: () => Outline
  /** Returns the default for an absent value. */
  readonly fallback?: () => unknown
  /** Returns the default for `null`. */
  readonly nullFallback?: () => unknown
  /** True for a member that may be left out. */
  readonly isOptional?: boolean
  /** Whether it takes a text of the kind `word` as it is. */
  readonly takesWord?: (text: string) => boolean
  /** Its only values, which tell the branches of a union apart. */
  readonly values?: readonly unknown[]
  /** The branches of a union, of which a value fits one. */
  readonly branches?: readonly Outline[]
  /** The parts of an intersection, of which a value fits all. */
  readonly parts?: readonly Outline[]
  /** Outlines what a lazy schema stands for. */
  readonly resolve?: () => Outline
}

const isUnknown = (): readonly Kind[] => ['unknown']

/** An outline of which nothing is known: it may have any member. */
export const ANY: Outline = { member: () => ANY, names: [], kinds: isUnknown }

/** A value of these kinds, without members. */
export function scalarOutline(kinds: readonly Kind[]): Outline {
  return { member: () => undefined, names: [], kinds: () => kinds }
}

/** Text that has to meet a condition. */
export function wordOutline(takesWord: (text: string) => boolean): Outline {
  return { ...scalarOutline(['word']), takesWord }
}

/** One of some values, such as those of an enumeration. */
export function valuesOutline(values: readonly unknown[]): Outline {
  const kinds = values.flatMap((value): readonly Kind[] => {
    if (value === null || value === undefined) return []
    const type = typeof value
    if (type === 'string') return ['word']
    return type === 'number' || type === 'bigint' || type === 'boolean' ? [type] : ['unknown']
  })
  return { ...scalarOutline(kinds), values, takesWord: (text) => values.includes(text) }
}

/** Whether every text is taken as it is. */
export function takesText(kinds: readonly Kind[]): boolean {
  return kinds.includes('string') || kinds.includes('unknown')
}

/** An object: its declared members, and `rest` for all others. */
export function objectOutline(
  members: ReadonlyMap<string, () => Outline>,
  rest: Outline | undefined,
): Outline {
  return {
    member: (name) => members.get(name)?.() ?? rest,
    names: [...members.keys()],
    kinds: isUnknown,
  }
}

const INDEX = /^(?:0|[1-9]\d*)$/

/** An array: its first items, and `rest` for all others. */
export function arrayOutline(
  items: readonly (() => Outline)[],
  rest: (() => Outline) | undefined,
): Outline {
  const member = (name: string) =>
    INDEX.test(name) ? (items[Number(name)] ?? rest)?.() : undefined
  const item = items.length === 0 && rest ? { item: rest } : {}
  return { member, names: [], kinds: () => ['array'], ...item }
}

/** One of several: it has the members of all of them. */
export function unionOutline(branches: readonly Outline[]): Outline {
  const all = branches.flatMap((branch) => branch.branches ?? branch)
  const values = all.flatMap((branch) => branch.values ?? [])
  return {
    ...mergedOutline(branches),
    branches: all,
    ...(all.every((branch) => branch.values) && { values }),
  }
}

/** All of several at once. */
export function intersectionOutline(parts: readonly Outline[]): Outline {
  return { ...mergedOutline(parts), parts }
}

function mergedOutline(branches: readonly Outline[]): Outline {
  const item = branches.find((branch) => branch.item)?.item
  return {
    member(name) {
      const found = branches.flatMap((branch) => branch.member(name) ?? [])
      return found.length > 1 ? unionOutline(found) : found[0]
    },
    names: branches.flatMap((branch) => branch.names),
    kinds: () => branches.flatMap((branch) => branch.kinds()),
    takesWord: (text) => branches.some((branch) => branch.takesWord?.(text)),
    ...(item && { item }),
  }
}

/** An outline that is computed when it is read, since a schema may contain itself. */
export function lazyOutline(outline: () => Outline): Outline {
  return {
    member: (name) => outline().member(name),
    names: [],
    kinds: () => outline().kinds(),
    item: () => outline().item?.() ?? ANY,
    takesWord: (text) => outline().takesWord?.(text) ?? false,
    resolve: outline,
  }
}
