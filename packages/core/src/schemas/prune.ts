import { setMember } from '../definition/set-member.ts'
import { fits, isObject, memberOf } from './fits.ts'
import {
  findJsonFault,
  isLeftOut,
  type JsonFault,
  objectFault,
  scalarFault,
  toJsonOf,
} from './json-fault.ts'
import { mergeShapes } from './merge-shapes.ts'
import {
  type AllShape,
  ANY_SHAPE,
  type ArrayShape,
  type LazyShape,
  type MaybeShape,
  type ObjectShape,
  resolved,
  type Shape,
  type UnionShape,
} from './shape.ts'

/** Options of what leaves. */
export interface PruneOptions {
  /** Members that a schema does not name stay. */
  readonly keepsUndeclared: boolean
  /** Those of a strict object stay, since its schema is asked afterwards and refuses them. */
  readonly keepsStrict: boolean
}

/** Returns a copy of a value as it leaves; writes into `fault` where JSON cannot hold it. */
export type Prune = (value: unknown, fault: JsonFault) => unknown

/** Makes the function that takes out of a value what its shape does not name, and fills in defaults. */
export function createPrune(shape: Shape, options: PruneOptions): Prune {
  const made = new WeakMap<Shape, Prune>()

  const pruneOf = (one: Shape): Prune => {
    const known = made.get(one)
    if (known) return known
    // it may contain itself
    let prune: Prune | undefined
    made.set(one, (value, fault) => (prune ?? keepAll)(value, fault))
    prune = makePrune(one)
    made.set(one, prune)
    return prune
  }

  const makePrune = (one: Shape): Prune => {
    switch (one.kind) {
      case 'any':
        return keepAll
      case 'scalar':
        return (value, fault) => pruneScalar(value, fault, one.accepts)
      case 'object':
        return objectPrune(one)
      case 'array':
        return arrayPrune(one)
      case 'maybe':
        return maybePrune(one)
      case 'union':
        return unionPrune(one)
      case 'all':
        return pruneOf(mergeShapes([one], 'all'))
      case 'lazy': {
        let prune: Prune | undefined
        return (value, fault) => {
          prune ??= pruneOf(one.target())
          return prune(value, fault)
        }
      }
    }
  }

  const restOf = <TRest>(
    { rest, isStrict }: { readonly rest?: TRest | undefined; readonly isStrict?: boolean },
    any: TRest,
  ): TRest | undefined =>
    rest ?? (options.keepsUndeclared || (isStrict && options.keepsStrict) ? any : undefined)

  const objectPrune = (object: ObjectShape): Prune => {
    const names = [...object.members.keys()]
    const prunes = [...object.members.values()].map(pruneOf)
    const hasInherited = names.some((name) => name in Object.prototype)
    const rest = restOf(object, { shape: ANY_SHAPE })
    const pruneRest = rest && pruneOf(rest.shape)
    const keepsRefused = options.keepsUndeclared || (object.isStrict && options.keepsStrict)

    return (given, fault) => {
      const value = plainOf(given, fault)
      if (!isObject(value)) return fault.reason === undefined ? keepAll(value, fault) : value
      const pruned: Record<string, unknown> = {}
      for (let index = 0; index < names.length; index += 1) {
        // both lists have the same length
        const name = names[index] as string
        const given = hasInherited ? memberOf(value, name) : value[name]
        // most members are text or numbers, which leave as they are
        const member = isPlain(given) ? given : (prunes[index] as Prune)(given, fault)
        if (fault.reason !== undefined) {
          fault.path.unshift(name)
          return value
        }
        if (member === undefined) continue
        if (hasInherited) setMember(pruned, name, member)
        else pruned[name] = member
      }
      if (!rest || !pruneRest) return pruned
      for (const name of Object.keys(value)) {
        if (object.members.has(name) || isLeftOut(value[name])) continue
        const isTaken = rest.accepts?.(name) ?? true
        if (!isTaken && !keepsRefused) continue
        const member = (isTaken ? pruneRest : keepAll)(value[name], fault)
        if (fault.reason !== undefined) {
          fault.path.unshift(name)
          return value
        }
        setMember(pruned, name, member)
      }
      return pruned
    }
  }

  const arrayPrune = (array: ArrayShape): Prune => {
    const items = array.items.map(pruneOf)
    const rest = restOf(array, ANY_SHAPE)
    const pruneRest = rest && pruneOf(rest)

    return (given, fault) => {
      const value = plainOf(given, fault)
      if (!Array.isArray(value)) return fault.reason === undefined ? keepAll(value, fault) : value
      const pruned: unknown[] = []
      const length = pruneRest ? Math.max(value.length, items.length) : items.length
      for (let index = 0; index < length; index += 1) {
        const prune = items[index] ?? pruneRest ?? keepAll
        const item = prune(value[index], fault)
        if (item === undefined && index >= value.length) break // an item that may be left out
        fault.reason ??= isLeftOut(item) ? scalarFault(value[index]) : undefined
        if (fault.reason !== undefined) {
          fault.path.unshift(index)
          return value
        }
        pruned.push(item)
      }
      return pruned
    }
  }

  const maybePrune = ({ inner, fill, isOptional, isNullable, fillsNull }: MaybeShape): Prune => {
    const prune = pruneOf(inner)
    return (value, fault) => {
      const isAbsent = value === undefined && isOptional
      if (!isAbsent && !(value === null && isNullable)) return prune(value, fault)
      const filled = isAbsent || fillsNull ? fill?.() : undefined
      return filled === undefined ? value : prune(filled, fault)
    }
  }

  const unionPrune = ({ branches }: UnionShape): Prune => {
    // made late, since a branch may lead back here; and once for each set of branches that a value has
    let all: readonly Alternative[] | undefined
    const prunes = new Map<string, Prune>()
    return (given, fault) => {
      const value = given instanceof Date ? given : plainOf(given, fault)
      if (fault.reason !== undefined) return value
      if (value === undefined || value === null) {
        const branch = branches.find((one) => fits(one, value))
        return branch ? pruneOf(branch)(value, fault) : value
      }
      all ??= alternativesOf(branches)
      const fitting = fittingOf(all, value)
      const key = fitting.map((one) => all?.indexOf(one)).join()
      const prune = prunes.get(key) ?? pruneOf(mergeShapes(fitting, 'first'))
      prunes.set(key, prune)
      return prune(value, fault)
    }
  }

  return pruneOf(shape)
}

type Alternative = Exclude<Shape, LazyShape | MaybeShape | UnionShape | AllShape>

/** The shapes that one of several leads to, for a value that is neither absent nor null. */
function alternativesOf(branches: readonly Shape[]): Alternative[] {
  return branches.flatMap((branch): Alternative[] => {
    const known = resolved(branch)
    switch (known.kind) {
      case 'maybe':
        return alternativesOf([known.inner])
      case 'union':
        return alternativesOf(known.branches)
      case 'all':
        return alternativesOf([mergeShapes([known], 'all')])
      default:
        return [known]
    }
  })
}

/** The shapes that a value has. One that fits none of them may have the members of all: the check refuses it. */
function fittingOf(all: readonly Alternative[], value: unknown): readonly Alternative[] {
  const fitting = all.filter((one) => fits(one, value))
  if (fitting.length > 0) return fitting.some(({ kind }) => kind === 'scalar') ? [] : fitting
  const kind = Array.isArray(value) ? 'array' : isObject(value) ? 'object' : 'scalar'
  return kind === 'scalar' ? [] : all.filter((one) => one.kind === kind)
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

const keepAll: Prune = (value, fault) => {
  if (isLeftOut(value)) return undefined
  findJsonFault(value, fault)
  return value
}

function pruneScalar(
  value: unknown,
  fault: JsonFault,
  accepts: (value: unknown) => boolean,
): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') fault.reason = scalarFault(value)
  else if (typeof value === 'object' && value !== null) {
    if (!accepts(value)) return keepAll(toJsonOf(value), fault)
    fault.reason = objectFault(value)
  }
  return value
}

/** An object as JSON writes it: the result of its `toJSON`, if it has one. */
function plainOf(value: unknown, fault: JsonFault): unknown {
  if (typeof value !== 'object' || value === null) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype) {
    fault.reason = objectFault(value)
  }
  return toJsonOf(value)
}
