import { ANY_SHAPE, type ObjectShape, type RestShape, resolved, type Shape } from './shape.ts'

/** Where the defaults of merged objects come from: all of them, or the first. */
export type Defaults = 'all' | 'first'

/**
 * Makes one shape of those that a value has at once: it names the members that any of them names.
 */
export function mergeShapes(shapes: readonly Shape[], defaults: Defaults): Shape {
  const all = shapes.flatMap(partsOf)
  const [first, ...others] = all
  if (first === undefined) return ANY_SHAPE
  if (others.length === 0) return first
  if (all.some(({ kind }) => kind === 'any')) return ANY_SHAPE

  const objects = all.filter((shape) => shape.kind === 'object')
  if (objects.length === all.length) return mergeObjects(objects, defaults)
  const arrays = all.filter((shape) => shape.kind === 'array')
  if (arrays.length !== all.length) return { kind: 'union', branches: all }
  const length = Math.max(...arrays.map(({ items }) => items.length))
  const rests = arrays.flatMap(({ rest }) => rest ?? [])
  return {
    kind: 'array',
    items: Array.from({ length }, (_, index) =>
      unionOf(arrays.flatMap(({ items, rest }) => items[index] ?? rest ?? [])),
    ),
    rest: rests.length > 0 ? unionOf(rests) : undefined,
    isStrict: arrays.every(({ isStrict }) => isStrict),
  }
}

/** The shapes that stand in one, without those that only lead to them. */
function partsOf(shape: Shape): Shape[] {
  const known = resolved(shape)
  if (known.kind === 'all') return known.parts.flatMap(partsOf)
  return [known]
}

function mergeObjects(objects: readonly ObjectShape[], defaults: Defaults): Shape {
  const members = new Map<string, Shape>()
  for (const [index, object] of objects.entries()) {
    for (const [name, shape] of object.members) {
      const other = members.get(name)
      const added = index > 0 && defaults === 'first' ? withoutDefault(shape) : shape
      members.set(name, other ? unionOf([other, added]) : added)
    }
  }
  const rests = objects.flatMap(({ rest }) => rest ?? [])
  const rest: RestShape | undefined = rests.length > 0 ? restOf(rests) : undefined
  // a part of an intersection that is strict refuses the members of the others by itself
  return { kind: 'object', members, rest, isStrict: objects.every(({ isStrict }) => isStrict) }
}

function restOf(rests: readonly RestShape[]): RestShape {
  return {
    shape: unionOf(rests.map(({ shape }) => shape)),
    accepts: (name) => rests.some(({ accepts }) => accepts?.(name) ?? true),
  }
}

function unionOf(branches: readonly Shape[]): Shape {
  const [first] = branches
  return branches.length === 1 && first ? first : { kind: 'union', branches }
}

function withoutDefault(shape: Shape): Shape {
  const known = resolved(shape)
  return known.kind === 'maybe' ? { ...known, fill: undefined } : known
}
