import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'
import { ANY_SHAPE, DATE_SHAPE, type Shape, scalarShape, valuesShape } from './shape.ts'

/** The data of an ArkType node; `kind` decides which members are present. */
interface ArkNode {
  readonly kind: string
  readonly branches?: readonly ArkNode[]
  readonly structure?: ArkStructure
  /** As `typeof` names it. */
  readonly domain?: string | ArkNode
  readonly proto?: (new (...args: never) => unknown) | ArkNode
  readonly unit?: unknown
  readonly rawIn?: ArkNode
  readonly rawOut?: ArkNode
  readonly resolution?: ArkNode
  readonly traverse?: (value: unknown) => unknown
}

interface ArkStructure {
  readonly props?: readonly ArkProp[]
  readonly index?: readonly { readonly signature: ArkKeys; readonly value: ArkNode }[]
  readonly sequence?: ArkSequence
  readonly undeclared?: 'delete' | 'reject'
}

interface ArkProp {
  readonly key: string | symbol
  readonly kind: 'required' | 'optional'
  readonly value: ArkNode
  readonly default?: unknown
}

interface ArkKeys {
  readonly allows: (name: string) => boolean
}

interface ArkSequence {
  readonly prefix?: readonly ArkNode[]
  readonly optionals?: readonly ArkNode[]
  readonly defaultables?: readonly (readonly [node: ArkNode, value: unknown])[]
  readonly variadic?: ArkNode
  readonly postfix?: readonly ArkNode[]
}

/** Makes the shape of one side of an ArkType schema. */
export function arkTypeShape(schema: AnySchema, side: Side): Shape {
  const known = new Map<ArkNode, Shape>()

  const shapeOf = (node: ArkNode): Shape => {
    const { kind, branches = [], structure } = node
    switch (kind) {
      case 'union':
        return { kind: 'union', branches: branches.map(shapeOf) }
      case 'unit':
        return valuesShape([node.unit])
      case 'domain':
        return typeof node.domain === 'string' ? scalarShape(node.domain) : ANY_SHAPE
      case 'proto':
        return node.proto === Date ? DATE_SHAPE : ANY_SHAPE
      case 'morph': {
        const sided = side === 'input' ? node.rawIn : node.rawOut
        return sided ? shapeOf(sided) : ANY_SHAPE
      }
      case 'alias':
        return { kind: 'lazy', target: () => aliasShape(node.resolution) }
      case 'intersection':
        return structure ? structureShape(structure) : baseShape(node)
    }
    return ANY_SHAPE
  }

  // a string with a pattern is the intersection of a domain and its rules
  const baseShape = ({ domain, proto }: ArkNode): Shape => {
    const base = typeof domain === 'object' ? domain : typeof proto === 'object' ? proto : undefined
    return base ? shapeOf(base) : ANY_SHAPE
  }

  const aliasShape = (node: ArkNode | undefined): Shape => {
    if (!node) return ANY_SHAPE
    const shape = known.get(node) ?? shapeOf(node)
    known.set(node, shape)
    return shape
  }

  const structureShape = ({ props, index, sequence, undeclared }: ArkStructure): Shape => {
    if (sequence) return sequenceShape(sequence)
    const members = (props ?? []).flatMap((prop) =>
      typeof prop.key === 'string' ? [[prop.key, propShape(prop)] as const] : [],
    )
    const rest = index && {
      shape: { kind: 'union', branches: index.map(({ value }) => shapeOf(value)) } as const,
      accepts: (name: string) => index.some(({ signature }) => signature.allows(name)),
    }
    return {
      kind: 'object',
      members: new Map(members),
      rest,
      isStrict: undeclared === 'reject',
    }
  }

  const propShape = ({ kind, value, default: given }: ArkProp): Shape => {
    const inner = shapeOf(value)
    if (kind === 'required') return inner
    return maybe(inner, given === undefined ? undefined : () => defaultOf(value, given))
  }

  const sequenceShape = (sequence: ArkSequence): Shape => {
    const { prefix = [], optionals = [], defaultables = [], variadic, postfix = [] } = sequence
    const rest = [...(variadic ? [variadic] : []), ...postfix].map(shapeOf)
    return {
      kind: 'array',
      items: [
        ...prefix.map(shapeOf),
        ...defaultables.map(([node, value]) => maybe(shapeOf(node), () => defaultOf(node, value))),
        ...optionals.map((node) => maybe(shapeOf(node), undefined)),
      ],
      // items after those of any number have the shape of one or the other
      rest: rest.length > 0 ? { kind: 'union', branches: rest } : undefined,
      isStrict: true,
    }
  }

  /** A default is an input, which the output side transforms. */
  const defaultOf = (node: ArkNode, given: unknown): unknown => {
    const value = typeof given === 'function' ? given() : given
    return side === 'output' ? node.traverse?.(value) : value
  }

  return shapeOf(nodeOf(schema))
}

function maybe(inner: Shape, fill: (() => unknown) | undefined): Shape {
  return { kind: 'maybe', inner, isOptional: true, isNullable: false, fill }
}

function nodeOf(schema: AnySchema): ArkNode {
  // a schema is a function with the members of its node
  return schema as unknown as ArkNode
}
