import {
  ANY,
  arrayOutline,
  type Kind,
  kindsOf,
  lazyOutline,
  type Outline,
  objectOutline,
  type Side,
  scalarOutline,
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
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly $ref?: string
}

/** Outlines a schema by the converters of its `~standard.jsonSchema`. */
export function jsonSchemaOutline(converters: unknown, side: Side): Outline {
  // the shape that the Standard JSON Schema specification gives these
  const convert = converters as Readonly<Record<Side, (options: object) => Json>>
  try {
    // zod: what JSON has no word for, as a Date, is unknown here, and no reason to know nothing of the rest
    const libraryOptions = { unrepresentable: 'any' }
    const root = convert[side]({ target: 'draft-2020-12', libraryOptions })
    return outlineOf(root, root)
  } catch {
    return ANY
  }
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
  if (json.const !== undefined) return scalarOutline(kindsOf([json.const]))
  if (json.enum) return scalarOutline(kindsOf(json.enum))
  if (json.type === undefined) return ANY
  return scalarOutline([json.type].flat().flatMap((type) => KINDS[type] ?? ['unknown']))
}

const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  string: ['string'],
  number: ['number'],
  integer: ['number'],
  boolean: ['boolean'],
  null: [],
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
  return lazyOutline(target)
}
