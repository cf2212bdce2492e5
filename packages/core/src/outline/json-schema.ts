import {
  ANY,
  arrayOutline,
  type Outline,
  objectOutline,
  SCALAR,
  type Side,
  unionOutline,
} from './outline.ts'

interface Json {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly additionalProperties?: Json | boolean
  readonly items?: Json | boolean
  readonly prefixItems?: readonly Json[]
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly allOf?: readonly Json[]
  readonly default?: unknown
  readonly $ref?: string
}

/** Outlines a schema by the converters of its `~standard.jsonSchema`. */
export function jsonSchemaOutline(converters: unknown, side: Side): Outline {
  // the shape that the Standard JSON Schema specification gives these
  const convert = converters as Readonly<Record<Side, (options: { target: string }) => Json>>
  const root = convert[side]({ target: 'draft-2020-12' })
  return outlineOf(root, root)
}

function outlineOf(json: Json, root: Json): Outline {
  const outline = withoutFallback(json, root)
  const { default: fallback } = json
  return fallback === undefined ? outline : { ...outline, fallback: () => fallback }
}

function withoutFallback(json: Json, root: Json): Outline {
  if (json.$ref !== undefined) return referenceOutline(json.$ref, root)

  const branches = json.anyOf ?? json.oneOf ?? json.allOf
  if (branches) return unionOutline(branches.map((branch) => outlineOf(branch, root)))

  if (json.properties || json.type === 'object') {
    const members = new Map(
      Object.entries(json.properties ?? {}).map(([name, member]) => [
        name,
        () => outlineOf(member, root),
      ]),
    )
    // what converters leave out of an object is what its validator drops, or passes on unseen
    const rest = json.additionalProperties
    return objectOutline(members, typeof rest === 'object' ? outlineOf(rest, root) : undefined)
  }
  if (json.prefixItems || json.items || json.type === 'array') {
    const { items } = json
    return arrayOutline(
      (json.prefixItems ?? []).map((item) => () => outlineOf(item, root)),
      typeof items === 'object' ? () => outlineOf(items, root) : undefined,
    )
  }
  return json.type === undefined ? ANY : SCALAR
}

/** Followed only when it is asked: it may lead back to where it stands. */
function referenceOutline(reference: string, root: Json): Outline {
  const target = () => {
    let json: unknown = root
    for (const name of reference.split('/').slice(1)) {
      json = (json as Record<string, unknown> | undefined)?.[name]
    }
    return json === undefined ? ANY : outlineOf(json as Json, root)
  }
  return { member: (name) => target().member(name), names: [] }
}
