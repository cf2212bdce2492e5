/** What a value is, as far as text can be made into it; `unknown` is whatever has no word here. */
export type Kind = 'string' | 'number' | 'bigint' | 'boolean' | 'date' | 'array' | 'unknown'

/**
 * What values a schema lets through, as far as a JSON Pointer or a parameter can ask: their kinds, their
 * members and the members' defaults. `input` is what is sent to us, `output` what we answer.
 */
export interface Outline {
  /** The member of this name; `undefined` when no value has it. */
  readonly member: (name: string) => Outline | undefined
  /** The names of the declared members. */
  readonly names: readonly string[]
  /** Which kinds of values there are. */
  readonly kinds: () => readonly Kind[]
  /** What the items of an array are, where it has any number of one kind. */
  readonly item?: () => Outline
  /** Gives the value that stands for an absent one. */
  readonly fallback?: () => unknown
}

const isUnknown = (): readonly Kind[] => ['unknown']

/** Of which nothing is known: it may have any member. */
export const ANY: Outline = { member: () => ANY, names: [], kinds: isUnknown }

/** A value without members, of these kinds. */
export function scalarOutline(kinds: readonly Kind[]): Outline {
  return { member: () => undefined, names: [], kinds: () => kinds }
}

/** The kinds of some values, as of an enumeration. */
export function kindsOf(values: readonly unknown[]): Kind[] {
  return values.flatMap((value) => {
    if (value === null || value === undefined) return []
    const type = typeof value
    return type === 'string' || type === 'number' || type === 'bigint' || type === 'boolean'
      ? type
      : 'unknown'
  })
}

export type Side = 'input' | 'output'

/** An object: declared members, and whatever the others are. */
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

/** An array: the first items, and whatever the others are. */
export function arrayOutline(
  items: readonly (() => Outline)[],
  rest: (() => Outline) | undefined,
): Outline {
  const member = (name: string) =>
    INDEX.test(name) ? (items[Number(name)] ?? rest)?.() : undefined
  const item = items.length === 0 && rest ? { item: rest } : {}
  return { member, names: [], kinds: () => ['array'], ...item }
}

/** One of several: a member that any of them has, is there. */
export function unionOutline(branches: readonly Outline[]): Outline {
  const item = branches.find((branch) => branch.item)?.item
  return {
    member(name) {
      const found = branches.flatMap((branch) => branch.member(name) ?? [])
      return found.length > 1 ? unionOutline(found) : found[0]
    },
    names: branches.flatMap((branch) => branch.names),
    kinds: () => branches.flatMap((branch) => branch.kinds()),
    ...(item && { item }),
  }
}

/** An outline that is followed only as far as it is asked: a schema may lead back to itself. */
export function lazyOutline(outline: () => Outline): Outline {
  return {
    member: (name) => outline().member(name),
    names: [],
    kinds: () => outline().kinds(),
    item: () => outline().item?.() ?? ANY,
  }
}
