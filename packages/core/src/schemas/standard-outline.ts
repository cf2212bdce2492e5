import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'
import {
  ANY,
  arrayOutline,
  type Kind,
  kindsOf,
  lazyOutline,
  type Outline,
  objectOutline,
  scalarOutline,
  unionOutline,
} from './outline.ts'
import { standardJson } from './standard.ts'

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

/** Outlines one side of a schema by the JSON Schema of its library's converter. */
export function standardOutline(schema: AnySchema, side: Side): Outline {
  const root: Json | undefined = standardJson(schema, side)
  return root === undefined ? ANY : jsonOutline(root, root)
}

function jsonOutline(json: Json, root: Json): Outline {
  const outline = withoutFallback(json, root)
  const { default: fallback } = json
  return fallback === undefined ? outline : { ...outline, fallback: () => fallback }
}

function withoutFallback(json: Json, root: Json): Outline {
  if (json.$ref !== undefined) return referenceOutline(json.$ref, root)

  const branches = json.anyOf ?? json.oneOf ?? json.allOf
  if (branches) return unionOutline(branches.map((branch) => jsonOutline(branch, root)))

  if (json.properties || json.type === 'object') {
    const members = new Map(
      Object.entries(json.properties ?? {}).map(([name, member]) => [
        name,
        () => jsonOutline(member, root),
      ]),
    )
    // without the keyword, the validator drops other members or passes them on unseen
    const rest = json.additionalProperties
    return objectOutline(members, typeof rest === 'object' ? jsonOutline(rest, root) : undefined)
  }
  if (json.prefixItems || json.items || json.type === 'array') {
    const { items } = json
    return arrayOutline(
      (json.prefixItems ?? []).map((item) => () => jsonOutline(item, root)),
      typeof items === 'object' ? () => jsonOutline(items, root) : undefined,
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

/** Outlines the target of a reference, which may lead back to where it stands. */
function referenceOutline(reference: string, root: Json): Outline {
  const target = () => {
    let json: unknown = root
    for (const name of reference.split('/').slice(1)) {
      // any value may be read so; one that is missing is handled below
      json = (json as Record<string, unknown> | undefined)?.[name]
    }
    return json === undefined ? ANY : jsonOutline(json as Json, root)
  }
  return lazyOutline(target)
}
