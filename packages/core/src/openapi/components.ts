import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SchemaConverter, Side, Wire } from '../schemas/conversion.ts'
import { liftDefinitions } from '../schemas/local-references.ts'
import { componentIn, referenceTo, renameReferences } from '../schemas/references.ts'
import type { Component, Written } from './component.ts'
import { createComponentRegistry } from './component-registry.ts'
import { createConversions, type Use } from './conversions.ts'
import { createDefinitions, type Definitions } from './definitions.ts'
import { createSidedNames, type SidedName } from './sided-names.ts'

/** The schemas of one document; each named one is written once. */
export interface Components {
  /** The JSON Schema for a place in the document: a `$ref` where the schema has a name. */
  schema(schema: AnySchema, side: Side, place: string, wire?: Wire): JsonSchema
  /** The JSON Schema written inline even where the schema has a name, so that its members can become parameters. */
  inline(schema: AnySchema, side: Side, place: string): JsonSchema
  /** Adds a component that belongs to no schema, and returns the reference to it. */
  own(name: string, json: JsonSchema): JsonSchema
  /** Looks up a reference that `schema` returned. */
  resolve(reference: string): JsonSchema
  /** All components, by name. */
  all(): Record<string, JsonSchema>
}

/** Creates the components of a document. */
export function createComponents(converters: readonly SchemaConverter[] = []): Components {
  const { formOf, convert, attempt, sideOf } = createConversions(converters, (schema, place) =>
    registry.componentOf(schema, place),
  )
  const registry = createComponentRegistry(sideOf)
  const sidedName = createSidedNames(sideOf)
  const definitions = createDefinitions()
  const finish = createFinish(definitions, sidedName, registry.owner)
  const used = new Set<string>()

  /** Writes a component, and all that it refers to. */
  const use = (component: Component, how: Use & { readonly isRoot?: boolean }): void => {
    const { side, wire, place } = how
    const reached = new Set([component])
    for (const one of reached) {
      const key = `${one.name} ${side} ${wire}`
      if (used.has(key)) continue
      const isRoot = how.isRoot && one === component
      const its = isRoot ? how : { side, wire, place: `the schema '${one.name}' in ${place}` }
      const written = attempt(one, side, wire) ?? convert(one.schema, its)
      definitions.define(sidedName(one, side), finish(written, its), one.place)
      used.add(key)
      for (const inner of written.references) reached.add(inner)
    }
  }

  const writeInline = (schema: AnySchema, how: Use): JsonSchema => {
    const { inline } = formOf(how.side, how.wire)
    const known = inline.get(schema)
    if (known) return known
    const written = convert(schema, how)
    for (const inner of written.references) {
      // a named schema that is written inline is a component only if it refers to itself
      if (inner.schema !== schema || refersTo(written.json, inner.name)) use(inner, how)
    }
    const json = finish(written, how)
    inline.set(schema, json)
    return json
  }

  return {
    schema(schema, side, place, wire = 'json') {
      const component = registry.componentOf(schema, place)
      if (!component) return writeInline(schema, { side, wire, place })
      use(component, { side, wire, place, isRoot: true })
      return referenceTo(sidedName(component, side))
    },
    inline: (schema, side, place) => writeInline(schema, { side, wire: 'text', place }),
    own(name, json) {
      definitions.define(name, json, 'the problem responses')
      return referenceTo(name)
    },
    resolve: (reference) => definitions.named(componentIn(reference) ?? '') ?? {},
    all: definitions.all,
  }
}

type Finish = (written: Written, use: Use) => JsonSchema

/** Returns a function that makes components of a schema's own definitions, and leads references of an output to outputs. */
function createFinish(
  { define, named }: Definitions,
  sidedName: SidedName,
  owner: (name: string) => Component | undefined,
): Finish {
  const toOutput = (reference: string): string => {
    const name = componentIn(reference)
    const component = name === undefined ? undefined : owner(name)
    if (!component) return reference
    const rest = reference.slice(referenceTo(component.name).$ref.length)
    return `${referenceTo(sidedName(component, 'output')).$ref}${rest}`
  }
  return (written, { side, place }) => {
    if (!written.definitions && written.references.size === 0) return written.json
    const isSided = [...written.references].some((one) => sidedName(one, side) !== one.name)
    const sided = (json: JsonSchema) => (isSided ? renameReferences(json, toOutput) : json)
    const json = liftDefinitions(written, {
      define: (name, definition) => define(name, sided(definition), place),
      componentNamed: named,
    })
    return sided(json)
  }
}

function refersTo(json: JsonSchema, name: string): boolean {
  return JSON.stringify(json).includes(JSON.stringify(referenceTo(name).$ref))
}
