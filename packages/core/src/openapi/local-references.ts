import { CoreError } from '../errors.ts'
import type { Conversion } from './json-schema.ts'
import type { JsonSchema } from './message-types.ts'

/** A schema that its library converted, with the name that its place in the document gives it. */
interface Converted {
  readonly json: JsonSchema
  readonly name: string | undefined
}

const DEFINITIONS = '#/$defs/'
const COMPONENTS = '#/components/schemas/'

// keywords whose value is data, and those that hold schemas by names of the user's
const DATA = new Set(['const', 'default', 'enum', 'examples'])
const BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas'])

/**
 * Makes components of a schema's own `$defs`, and points its references at them: `#/$defs/X` means nothing
 * inside a document. A definition whose name is taken by another schema gets a number.
 *
 * @throws {CoreError} with `schema` when a schema without a name refers to itself
 */
export function liftDefinitions({ json, name }: Converted, conversion: Conversion): JsonSchema {
  const { $schema, $defs = {}, ...root } = json
  const definitions = new Map(Object.entries($defs as Record<string, JsonSchema>))
  // some libraries write even the root as a definition; where it has a name, that is the definition's
  const alias = name === undefined ? undefined : aliasOf(root)
  const own = alias === undefined ? undefined : definitions.get(alias)
  const names = new Map([...definitions.keys()].map((key) => [key, legalName(key)]))
  if (own !== undefined && alias !== undefined && name !== undefined) names.set(alias, name)

  const rename = (reference: string) => renamed(reference, names, name)
  const others = [...definitions].filter(([key]) => key !== alias)
  const isTaken = ([key, definition]: readonly [string, JsonSchema]): boolean => {
    const wanted = names.get(key) ?? key
    if (wanted === name) return true
    if ([...names].some(([other, its]) => other !== key && its === wanted)) return true
    const component = conversion.componentNamed(wanted)
    return component !== undefined && !isEqual(component, rewrite(definition, rename))
  }
  // a new name changes whatever refers to it, so that all are looked at again
  for (let taken = others.find(isTaken), count = 2; taken; taken = others.find(isTaken), count++) {
    names.set(taken[0], `${legalName(taken[0])}${count}`)
  }

  for (const [key, definition] of others) {
    conversion.define(names.get(key) ?? key, rewrite(definition, rename))
  }
  return rewrite(own ?? root, rename)
}

function aliasOf(root: JsonSchema): string | undefined {
  const { $ref, ...rest } = root
  if (typeof $ref !== 'string' || Object.keys(rest).length > 0) return undefined
  return $ref.startsWith(DEFINITIONS) ? $ref.slice(DEFINITIONS.length) : undefined
}

function legalName(key: string): string {
  return key.replaceAll(/[^\w.-]/g, '_')
}

function renamed(
  reference: string,
  names: ReadonlyMap<string, string>,
  root: string | undefined,
): string {
  if (!reference.startsWith('#')) return reference
  for (const text of [reference, unescapePointer(reference)]) {
    const path = text.startsWith(DEFINITIONS) ? text.slice(DEFINITIONS.length) : undefined
    for (const [key, name] of path === undefined ? [] : names) {
      if (path === key || path?.startsWith(`${key}/`)) {
        return `${COMPONENTS}${name}${path.slice(key.length)}`
      }
    }
  }
  if (root === undefined) {
    throw new CoreError('schema', "a recursive schema needs a name: wrap it in named('Name', …)")
  }
  return `${COMPONENTS}${root}${reference.slice(1)}`
}

function unescapePointer(reference: string): string {
  return decodeURIComponent(reference).replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The same schema, its references renamed. */
function rewrite(schema: JsonSchema, rename: (reference: string) => string): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    return typeof value === 'object' && value !== null
      ? rewrite(value as JsonSchema, rename)
      : value
  }
  return mapMembers(schema, (keyword, value) => {
    if (DATA.has(keyword)) return value
    if (BY_NAME.has(keyword)) return mapMembers(value as JsonSchema, (_, inner) => visit(inner))
    return keyword === '$ref' && typeof value === 'string' ? rename(value) : visit(value)
  })
}

function mapMembers(
  schema: JsonSchema,
  map: (keyword: string, value: unknown) => unknown,
): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, map(key, value)]))
}

function isEqual(a: JsonSchema, b: JsonSchema): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
