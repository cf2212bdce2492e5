/** The values of one side of a schema, as far as their JSON needs to know: the members it names, and where. */
export type Shape =
  | AnyShape
  | ScalarShape
  | ObjectShape
  | ArrayShape
  | MaybeShape
  | UnionShape
  | AllShape
  | LazyShape

/** Any value, with all that it holds. */
export interface AnyShape {
  readonly kind: 'any'
}

/** A value without members. */
export interface ScalarShape {
  readonly kind: 'scalar'
  readonly accepts: (value: unknown) => boolean
}

/** An object: the members it names, and `rest` for others; without `rest` it names no others. */
export interface ObjectShape {
  readonly kind: 'object'
  readonly members: ReadonlyMap<string, Shape>
  readonly rest?: RestShape | undefined
  /** Its schema refuses members that it does not name. */
  readonly isStrict?: boolean
}

/** The members of an object that have no name in its schema. */
export interface RestShape {
  readonly shape: Shape
  /** Whether the schema takes a name; by default it takes all. */
  readonly accepts?: ((name: string) => boolean) | undefined
}

/** An array: its first items, and `rest` for others; without `rest` it has no others. */
export interface ArrayShape {
  readonly kind: 'array'
  readonly items: readonly Shape[]
  readonly rest?: Shape | undefined
  /** Its schema refuses items that it does not name. */
  readonly isStrict?: boolean
}

/** A value that may be absent or null, and its default. */
export interface MaybeShape {
  readonly kind: 'maybe'
  readonly inner: Shape
  readonly isOptional: boolean
  readonly isNullable: boolean
  /** Makes the default of an absent value. */
  readonly fill?: (() => unknown) | undefined
  /** The default takes the place of null as well. */
  readonly fillsNull?: boolean
}

/** A value of at least one of several shapes. */
export interface UnionShape {
  readonly kind: 'union'
  readonly branches: readonly Shape[]
}

/** A value of several shapes at once. */
export interface AllShape {
  readonly kind: 'all'
  readonly parts: readonly Shape[]
}

/** A shape that is made when it is read, since a schema may contain itself. */
export interface LazyShape {
  readonly kind: 'lazy'
  readonly target: () => Shape
}

export const ANY_SHAPE: Shape = { kind: 'any' }

/** A scalar of one type, as `typeof` names it. */
export function typeShape(type: string): Shape {
  return { kind: 'scalar', accepts: (value) => typeof value === type }
}

/** One of some values. */
export function valuesShape(values: Iterable<unknown>): Shape {
  const all = new Set(values)
  return { kind: 'scalar', accepts: (value) => all.has(value) }
}

export const DATE_SHAPE: Shape = { kind: 'scalar', accepts: (value) => value instanceof Date }

const SCALARS: Readonly<Record<string, Shape>> = {
  bigint: typeShape('bigint'),
  boolean: typeShape('boolean'),
  date: DATE_SHAPE,
  null: valuesShape([null]),
  number: typeShape('number'),
  string: typeShape('string'),
  undefined: valuesShape([undefined]),
  void: valuesShape([undefined]),
}

/** The shape of a schema's type by its name, the same in all libraries; any value for other types. */
export function scalarShape(type: string): Shape {
  return Object.hasOwn(SCALARS, type) ? (SCALARS[type] ?? ANY_SHAPE) : ANY_SHAPE
}

/** The shape behind lazy ones. */
export function resolved(shape: Shape): Exclude<Shape, LazyShape> {
  let current = shape
  while (current.kind === 'lazy') current = current.target()
  return current
}
