import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'
import { ANY_SHAPE, type RestShape, type Shape, scalarShape, valuesShape } from './shape.ts'
import { standardJson } from './standard.ts'

interface Json {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly patternProperties?: Readonly<Record<string, Json>>
  readonly additionalProperties?: Json | boolean
  readonly required?: readonly string[]
  readonly items?: Json | boolean
  readonly prefixItems?: readonly Json[]
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly allOf?: readonly Json[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly $ref?: string
}

/** Makes the shape of one side of a schema from the JSON Schema of its library's converter. */
export function jsonSchemaShape(schema: AnySchema, side: Side): Shape {
  const root: Json | undefined = standardJson(schema, side)
  const known = new Map<string, Shape>()

  const shapeOf = (json: Json | boolean): Shape => {
    if (typeof json === 'boolean') return ANY_SHAPE
    if (json.$ref !== undefined) return referenceShape(json.$ref)
    const branches = json.anyOf ?? json.oneOf
    if (branches) return { kind: 'union', branches: branches.map(shapeOf) }
    if (json.allOf) return { kind: 'all', parts: json.allOf.map(shapeOf) }
    if (json.properties ?? json.patternProperties ?? json.additionalProperties) {
      return objectShape(json)
    }
    if (json.prefixItems ?? json.items) {
      const { items, prefixItems = [] } = json
      const rest = items ? shapeOf(items) : undefined
      return { kind: 'array', items: prefixItems.map(shapeOf), rest, isStrict: items === false }
    }
    if ('const' in json) return valuesShape([json.const])
    if (json.enum) return valuesShape(json.enum)
    const { type = [] } = json
    const names = typeof type === 'string' ? [type] : type
    return names.length > 0
      ? { kind: 'union', branches: names.map((name) => scalarShape(SCALARS[name] ?? name)) }
      : ANY_SHAPE
  }

  const objectShape = (json: Json): Shape => {
    const { properties = {}, additionalProperties, required = [] } = json
    const members = Object.entries(properties).map(([name, member]) => {
      const inner = shapeOf(member)
      const fill = member.default === undefined ? undefined : () => member.default
      const isOptional = !required.includes(name) || fill !== undefined
      const shape: Shape = isOptional
        ? { kind: 'maybe', inner, isOptional, isNullable: false, fill }
        : inner
      return [name, shape] as const
    })
    return {
      kind: 'object',
      members: new Map(members),
      rest: restOf(json),
      isStrict: additionalProperties === false,
    }
  }

  const restOf = ({
    patternProperties = {},
    additionalProperties,
  }: Json): RestShape | undefined => {
    if (additionalProperties) return { shape: shapeOf(additionalProperties) }
    const patterns = Object.entries(patternProperties)
    if (patterns.length === 0) return undefined
    const tests = patterns.map(([pattern]) => new RegExp(pattern, 'u'))
    return {
      shape: { kind: 'union', branches: patterns.map(([, json]) => shapeOf(json)) },
      accepts: (name) => tests.some((test) => test.test(name)),
    }
  }

  /** The target of a reference, which may lead back to where it stands. */
  const referenceShape = (reference: string): Shape => {
    const target = () => {
      let json: unknown = root
      for (const name of reference.split('/').slice(1)) {
        // any value may be read so; one that is missing is handled below
        json = (json as Record<string, unknown> | undefined)?.[name]
      }
      const shape = known.get(reference) ?? (json === undefined ? ANY_SHAPE : shapeOf(json as Json))
      known.set(reference, shape)
      return shape
    }
    return { kind: 'lazy', target }
  }

  return root === undefined ? ANY_SHAPE : shapeOf(root)
}

const SCALARS: Readonly<Record<string, string>> = { integer: 'number' }
