import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'
import { ANY_SHAPE, type MaybeShape, type Shape, scalarShape, valuesShape } from './shape.ts'
import { transforms } from './transforms.ts'
import { takesName, validDefault } from './validated.ts'

/** The data of a zod 4 schema, of either API; `type` decides which members are present. */
interface ZodDefinition {
  readonly type: string
  readonly shape?: Readonly<Record<string, AnySchema>>
  readonly catchall?: AnySchema
  readonly element?: AnySchema
  readonly items?: readonly AnySchema[]
  readonly rest?: AnySchema | null
  readonly keyType?: AnySchema
  readonly valueType?: AnySchema
  readonly mode?: string
  readonly options?: readonly AnySchema[]
  readonly left?: AnySchema
  readonly right?: AnySchema
  readonly innerType?: AnySchema
  readonly defaultValue?: unknown
  readonly getter?: () => AnySchema
  readonly in?: AnySchema
  readonly out?: AnySchema
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
}

/** The data of a zod 4 schema; `undefined` for any other. */
export function zodDefinitionOf(schema: AnySchema): ZodDefinition | undefined {
  return '_zod' in schema ? (schema as { _zod: { def: ZodDefinition } })._zod.def : undefined
}

/** Makes the shape of one side of a zod schema; `inner` makes those of its parts. */
export function zodShape(
  schema: AnySchema,
  side: Side,
  inner: (schema: AnySchema) => Shape,
): Shape {
  const def = zodDefinitionOf(schema)
  if (!def) return ANY_SHAPE
  const { type, innerType, keyType, valueType, items = [], rest } = def
  const all = (schemas: readonly (AnySchema | undefined)[]) =>
    schemas.flatMap((one) => (one ? [inner(one)] : []))
  switch (type) {
    case 'object':
      return zodObjectShape(def, inner)
    case 'record':
      return {
        kind: 'object',
        members: new Map(),
        rest: {
          shape: valueType ? inner(valueType) : ANY_SHAPE,
          // a loose record keeps what its keys do not take
          accepts: keyType && def.mode !== 'loose' ? takesName(keyType) : undefined,
        },
        isStrict: true,
      }
    case 'array':
      return { kind: 'array', items: [], rest: def.element && inner(def.element) }
    case 'tuple':
      return {
        kind: 'array',
        items: items.map(inner),
        rest: rest ? inner(rest) : undefined,
        isStrict: true,
      }
    case 'union':
      return { kind: 'union', branches: all(def.options ?? []) }
    case 'intersection':
      return { kind: 'all', parts: all([def.left, def.right]) }
    case 'literal':
      return valuesShape(def.values ?? [])
    case 'enum':
      return valuesShape(Object.values(def.entries ?? {}))
    case 'lazy':
      return { kind: 'lazy', target: () => (def.getter ? inner(def.getter()) : ANY_SHAPE) }
    case 'pipe':
      return all([side === 'input' ? def.in : def.out])[0] ?? ANY_SHAPE
  }
  return innerType ? wrappedShape(schema, side, inner(innerType)) : scalarShape(type)
}

function zodObjectShape(
  { shape = {}, catchall }: ZodDefinition,
  inner: (schema: AnySchema) => Shape,
): Shape {
  const members = Object.entries(shape).map(([name, one]) => [name, inner(one)] as const)
  const isStrict = catchall !== undefined && zodDefinitionOf(catchall)?.type === 'never'
  return {
    kind: 'object',
    members: new Map(members),
    rest: catchall && !isStrict ? { shape: inner(catchall) } : undefined,
    isStrict,
  }
}

function wrappedShape(schema: AnySchema, side: Side, inner: Shape): Shape {
  const type = zodDefinitionOf(schema)?.type
  const maybe: MaybeShape = { kind: 'maybe', inner, isOptional: true, isNullable: false }
  switch (type) {
    case 'optional':
      return maybe
    case 'nullable':
      return { ...maybe, isOptional: false, isNullable: true }
    case 'default':
    case 'prefault':
      return { ...maybe, fill: fillOf(schema, side) }
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return inner
  }
  return ANY_SHAPE
}

function fillOf(schema: AnySchema, side: Side): (() => unknown) | undefined {
  if (side === 'output') return () => validDefault(schema)
  const def = zodDefinitionOf(schema)
  // `.default` is an output: where that is another type, a receiver fills it in
  if (def?.type === 'default' && transforms(schema)) return undefined
  // a getter, which calls the function that was given
  return () => def?.defaultValue
}
