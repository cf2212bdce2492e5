import { CoreError } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Conversion } from './json-schema.ts'
import { referenceTo, renameReferences } from './references.ts'

/** A converted schema: its references lead to components, or by `#/$defs/…` to definitions of its own. */
export interface Converted {
  readonly json: JsonSchema
  readonly definitions?: ReadonlyMap<string, JsonSchema> | undefined
}

/** What was converted, and which of its definitions are components by their names. */
interface Origin {
  readonly schema: AnySchema
  readonly names: ReadonlySet<string>
}

const DEFINITIONS = '#/$defs/'

/**
 * Sorts what a library wrote: definitions that are components are referred to as such, and the schema's references
 * to itself lead to its component.
 *
 * @throws {CoreError} with `schema` when a schema without a name refers to itself
 */
export function withComponents(
  written: JsonSchema,
  { schema, names }: Origin,
  { nameOf }: Conversion,
): Converted {
  const { $schema, $defs = {}, ...root } = written
  const name = nameOf(schema)
  const definitions = new Map(Object.entries($defs as Record<string, JsonSchema>))
  // some libraries write even the root as a definition; where it has a name, that is the definition's
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
    throw new CoreError(
      'schema',
      "a recursive schema needs a name: wrap it in namedSchema('Name', …).",
    )
  }
  const others = [...definitions].filter(([key]) => key !== alias && !names.has(key))
  return {
    json: renameReferences(own ?? root, rename),
    definitions: new Map(others.map(([key, json]) => [key, renameReferences(json, rename)])),
  }
}

/** Where definitions become components, and what is one already. */
interface Target {
  readonly define: (name: string, json: JsonSchema) => void
  readonly componentNamed: (name: string) => JsonSchema | undefined
}

/**
 * Makes components of a schema's own definitions, and points its references at them: `#/$defs/X` means nothing
 * inside a document. A definition whose name is taken by another schema gets a number.
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
    return component !== undefined && !isEqual(component, renameReferences(definition, rename))
  }
  // a new name changes whatever refers to it, so that all are looked at again
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
  return $ref.startsWith(DEFINITIONS) ? unescapePointer($ref).slice(DEFINITIONS.length) : undefined
}

/** The definition that a reference leads to, and the rest of its way. */
function definitionIn(
  reference: string,
  definitions: ReadonlyMap<string, unknown>,
): readonly [key: string, rest: string] | undefined {
  if (!reference.startsWith(DEFINITIONS)) return undefined
  for (const text of [reference, unescapePointer(reference)]) {
    const path = text.slice(DEFINITIONS.length)
    for (const key of definitions.keys()) {
      if (path === key || path.startsWith(`${key}/`)) return [key, path.slice(key.length)]
    }
  }
  return undefined
}

function legalName(key: string): string {
  return key.replaceAll(/[^\w.-]/g, '_')
}

function unescapePointer(reference: string): string {
  return decodeURIComponent(reference).replaceAll('~1', '/').replaceAll('~0', '~')
}

function isEqual(a: JsonSchema, b: JsonSchema): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
