import { CoreError } from '../errors.ts'
import { type AnySchema, nameOf } from '../schema.ts'
import { isSame } from './is-same.ts'
import { type Side, toJson, type Wire } from './json-schema.ts'
import type { JsonSchema } from './message-types.ts'
import { valibotTitleOf } from './valibot.ts'

/** The named schemas of one document, each written once. */
export interface Components {
  /** The JSON Schema of a place in the document: a `$ref` where the schema has a name. */
  schema(schema: AnySchema, side: Side, place: string, wire?: Wire): JsonSchema
  /** The same, written out where it stands though it has a name: its members become parameters. */
  inline(schema: AnySchema, side: Side, place: string): JsonSchema
  /** Adds a component of our own, and gives the reference to it. */
  own(name: string, json: JsonSchema): JsonSchema
  /** What a reference that `schema` gave stands for. */
  resolve(reference: string): JsonSchema
  /** All components, by name. */
  all(): Record<string, JsonSchema>
}

const REFERENCE = '#/components/schemas/'
const LEGAL_NAME = /^[\w.-]+$/

/** Starts the components of a document. */
export function createComponents(): Components {
  const components = new Map<string, JsonSchema>()
  const owners = new Map<string, AnySchema>()
  const texts = new Map<AnySchema, Readonly<Record<Side, string>>>()

  const textsOf = (schema: AnySchema) => {
    const known = texts.get(schema)
    if (known) return known
    const written = { input: textOf(schema, 'input'), output: textOf(schema, 'output') }
    texts.set(schema, written)
    return written
  }

  const componentOf = (schema: AnySchema, side: Side): string | undefined => {
    const name = schemaName(schema)
    if (name === undefined) return undefined
    const owner = owners.get(name) ?? schema
    if (owner !== schema && !isShared(owner, schema)) {
      // a title is a name only as long as it is free
      if (nameOf(schema) === undefined) return undefined
      throw collision(name)
    }
    owners.set(name, owner)
    if (side === 'input') return name
    const { input, output } = textsOf(schema)
    return input === output ? name : `${name}Output`
  }

  const isShared = (owner: AnySchema, schema: AnySchema): boolean => {
    if (nameOf(owner) !== undefined && nameOf(schema) !== undefined) return false
    return JSON.stringify(textsOf(owner)) === JSON.stringify(textsOf(schema))
  }

  const define = (name: string, json: JsonSchema) => {
    const other = components.get(name)
    if (other === undefined) components.set(name, json)
    else if (!isSame(other, json)) throw collision(name)
  }

  return {
    schema(schema, side, place, wire = 'json') {
      const conversion = {
        side,
        wire,
        componentOf: (inner: AnySchema) => componentOf(inner, side),
        define,
        componentNamed: (name: string) => components.get(name),
      }
      const json = toJson(schema, conversion, place)
      const name = conversion.componentOf(schema)
      if (name === undefined) return json
      const reference = referenceTo(name)
      // libraries that convert themselves write named schemas out
      if (json.$ref !== reference.$ref) define(name, json)
      return reference
    },
    inline(schema, side, place) {
      const conversion = {
        side,
        wire: 'text' as const,
        componentOf: (inner: AnySchema) =>
          inner === schema ? undefined : componentOf(inner, side),
        define,
        componentNamed: (name: string) => components.get(name),
      }
      return toJson(schema, conversion, place)
    },
    own(name, json) {
      define(name, json)
      return referenceTo(name)
    },
    resolve: (reference) => components.get(reference.slice(REFERENCE.length)) ?? {},
    all: () => Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function referenceTo(name: string): JsonSchema {
  return { $ref: `${REFERENCE}${name}` }
}

/** The name that a schema's author gave it, where a component can have it. */
export function schemaName(schema: AnySchema): string | undefined {
  const name = nameOf(schema)
  if (name !== undefined) {
    if (LEGAL_NAME.test(name)) return name
    throw new CoreError('schema', `'${name}' cannot name a component: use letters, digits, . _ -`)
  }
  const title = valibotTitleOf(schema)
  return title !== undefined && LEGAL_NAME.test(title) ? title : undefined
}

function collision(name: string): CoreError {
  return new CoreError(
    'duplicate-name',
    `two different schemas are named '${name}'; give one of them another name`,
  )
}

/** One side of a schema with all that it refers to, as text to compare; names stand without their side. */
function textOf(schema: AnySchema, side: Side): string {
  const definitions: unknown[] = []
  const conversion = {
    side,
    wire: 'json' as const,
    componentOf: schemaName,
    define: (name: string, json: JsonSchema) => definitions.push(name, json),
    componentNamed: () => undefined,
  }
  try {
    return JSON.stringify([toJson(schema, conversion, 'the schema'), definitions])
  } catch {
    return '' // reported where this side is used
  }
}
