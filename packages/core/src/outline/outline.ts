/**
 * What values a schema lets through, as far as a JSON Pointer can ask: its members and their defaults.
 * `input` is what is sent to us, `output` what we answer.
 */
export interface Outline {
  /** The member of this name; `undefined` when no value has it. */
  readonly member: (name: string) => Outline | undefined
  /** The names of the declared members. */
  readonly names: readonly string[]
  /** Gives the value that stands for an absent one. */
  readonly fallback?: () => unknown
}

/** Of which nothing is known: it may have any member. */
export const ANY: Outline = { member: () => ANY, names: [] }

/** A string, a number and the like: no members. */
export const SCALAR: Outline = { member: () => undefined, names: [] }

export type Side = 'input' | 'output'

/** An object: declared members, and whatever the others are. */
export function objectOutline(
  members: ReadonlyMap<string, () => Outline>,
  rest: Outline | undefined,
): Outline {
  return { member: (name) => members.get(name)?.() ?? rest, names: [...members.keys()] }
}

const INDEX = /^(?:0|[1-9]\d*)$/

/** An array: the first items, and whatever the others are. */
export function arrayOutline(
  items: readonly (() => Outline)[],
  rest: (() => Outline) | undefined,
): Outline {
  const member = (name: string) =>
    INDEX.test(name) ? (items[Number(name)] ?? rest)?.() : undefined
  return { member, names: [] }
}

/** One of several: a member that any of them has, is there. */
export function unionOutline(branches: readonly Outline[]): Outline {
  return {
    member(name) {
      const found = branches.flatMap((branch) => branch.member(name) ?? [])
      return found.length > 1 ? unionOutline(found) : found[0]
    },
    names: branches.flatMap((branch) => branch.names),
  }
}
