import { CoreError } from '../definition/errors.ts'
import { unescapeSegment } from '../definition/json-pointer.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Conversion, Converted } from './conversion.ts'
import { isSameJson } from './is-same-json.ts'
import { referenceTo, renameReferences } from './references.ts'

/** A schema, and those of its definitions that are components. */
interface Origin {
  readonly schema: AnySchema
  readonly names: ReadonlySet<string>
}

const DEFINITIONS = '#/$defs/'

/**
 * Separates the definitions in a library's JSON Schema: references to those that are components, and references of
 * the schema to itself, lead to components; the others stay local.
 *
 * @throws {CoreError} with `schema` when a schema without a name refers to itself
 */
export function withComponents(
  written: JsonSchema,
  { schema, names }: Origin,
  { nameOf }: Conversion,
): Converted {
  const { $schema, $defs, ...root } = written
  const name = nameOf(schema)
  // the keyword holds schemas
  const definitions = new Map(Object.entries(($defs ?? {}) as Record<string, JsonSchema>))
  // some libraries write the root itself as a definition; a name of the root is then that definition's
  const alias = name === undefined ? undefined : aliasOf(root)
  const own = alias === undefined ? undefined : definitions.get(alias)

  const rename = (reference: string): string => {
    const found = definitionIn(reference, definitions)
    if (found) {
      const [key, rest] = found
      const component = names.has(key) ? key : key === alias ? name : undefined
      return component === undefined
        ? `${DEFINITIONS}${key}${rest}`
        : `${referenceTo(component).$ref}${rest}`
    }
    if (!reference.startsWith('#')) return reference
    if (name !== undefined) return `${referenceTo(name).$ref}${reference.slice(1)}`
    throw recursionError()
  }
  const others = [...definitions].filter(([key]) => key !== alias && !names.has(key))
  return {
    json: renameReferences(own ?? root, rename),
    definitions: new Map(others.map(([key, json]) => [key, renameReferences(json, rename)])),
  }
}

/** The error for a schema that contains itself and has no name by which it could refer to itself. */
export function recursionError(pointer?: string): CoreError {
  const where = pointer === undefined ? '' : `at '${pointer}', `
  return new CoreError(
    'schema',
    `${where}a recursive schema needs a name: wrap it in namedSchema('Name', …).`,
  )
}

/** The components that lifted definitions join. */
interface Target {
  readonly define: (name: string, json: JsonSchema) => void
  readonly componentNamed: (name: string) => JsonSchema | undefined
}

/**
 * Makes components of a schema's local definitions, since `#/$defs/…` leads nowhere in a document. A definition whose
 * name another schema has gets a number.
 */
export function liftDefinitions(
  { json, definitions }: Converted,
  { define, componentNamed }: Target,
): JsonSchema {
  if (!definitions?.size) return json
  const names = new Map([...definitions.keys()].map((key) => [key, legalName(key)]))
  const rename = (reference: string): string => {
    const [key, rest] = definitionIn(reference, definitions) ?? []
    const name = key === undefined ? undefined : names.get(key)
    return name === undefined ? reference : `${referenceTo(name).$ref}${rest}`
  }
  const isTaken = ([key, definition]: readonly [string, JsonSchema]): boolean => {
    const wanted = names.get(key) ?? key
    if ([...names].some(([other, its]) => other !== key && its === wanted)) return true
    const component = componentNamed(wanted)
    return component !== undefined && !isSameJson(component, renameReferences(definition, rename))
  }
  // a new name changes the schemas that refer to it, so all are compared again
  const all = [...definitions]
  for (let taken = all.find(isTaken), count = 2; taken; taken = all.find(isTaken), count++) {
    names.set(taken[0], `${legalName(taken[0])}${count}`)
  }
  for (const [key, definition] of all) {
    define(names.get(key) ?? key, renameReferences(definition, rename))
  }
  return renameReferences(json, rename)
}

function aliasOf(root: JsonSchema): string | undefined {
  const { $ref, ...rest } = root
  if (typeof $ref !== 'string' || Object.keys(rest).length > 0) return undefined
  return $ref.startsWith(DEFINITIONS) ? decoded($ref).slice(DEFINITIONS.length) : undefined
}

/** The definition that a reference leads to, and the remaining pointer. */
function definitionIn(
  reference: string,
  definitions: ReadonlyMap<string, unknown>,
): readonly [key: string, rest: string] | undefined {
  if (!reference.startsWith(DEFINITIONS)) return undefined
  // some libraries escape the key, some do not
  for (const text of [reference, decoded(reference)]) {
    const path = text.slice(DEFINITIONS.length)
    for (const key of definitions.keys()) {
      if (path === key || path.startsWith(`${key}/`)) return [key, path.slice(key.length)]
    }
  }
  return undefined
}

/** A component's name for the key of a definition. */
function legalName(key: string): string {
  return key.replaceAll(/[^\w.-]/g, '_')
}

function decoded(reference: string): string {
  return unescapeSegment(decodeURIComponent(reference))
}
