import { CoreError } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { createToJson, type SchemaConverter, type Side, type Wire } from '../schemas/json-schema.ts'
import { liftDefinitions } from '../schemas/local-references.ts'
import { componentIn, referenceTo, renameReferences } from '../schemas/references.ts'
import { type Component, type Form, textOf, type Written } from './component.ts'
import { componentNameOf } from './component-name.ts'
import { isSame } from './is-same.ts'
import { sorted } from './sorted.ts'

export { schemaName } from './component-name.ts'

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

/** For what a schema is converted, and where that is; the root is what stands there itself. */
interface Use {
  readonly side: Side
  readonly wire: Wire
  readonly place: string
  readonly root?: Component
}

const NONE: ReadonlySet<Component> = new Set()

/** Starts the components of a document. */
export function createComponents(converters: readonly SchemaConverter[] = []): Components {
  const components = new Map<string, { readonly json: JsonSchema; readonly place: string }>()
  const owners = new Map<string, Component>()
  const known = new Map<AnySchema, Component | undefined>()
  const used = new Set<string>()
  // of what is being converted: what it refers to so far, and where that is
  let open: { place: string; references: ReadonlySet<Component> } = { place: '', references: NONE }

  const nameOf = (inner: AnySchema) => {
    const component = componentOf(inner, open.place)
    if (component && !open.references.has(component)) {
      open.references = new Set(open.references).add(component)
    }
    return component?.name
  }

  const form = (side: Side, wire: Wire): Form => ({
    toJson: createToJson({ side, wire, nameOf, converters }),
    unnamed: new Map(),
  })
  const forms = {
    input: { json: form('input', 'json'), text: form('input', 'text') },
    output: { json: form('output', 'json'), text: form('output', 'text') },
  }

  /** The component that a schema is; the first that has a name owns it. */
  const componentOf = (schema: AnySchema, place: string): Component | undefined => {
    const named = componentNameOf(schema)
    // most have no name, and are not remembered
    if (!named || known.has(schema)) return known.get(schema)
    const { name, isTitle } = named
    const owner = owners.get(name)
    let component: Component | undefined = { name, isTitle, schema, place, written: new Map() }
    if (!owner) owners.set(name, component)
    else if ((isTitle || owner.isTitle) && isEqual(owner, component)) component = owner
    else if (isTitle) component = undefined
    else throw collision(name, owner.place, place)
    known.set(schema, component)
    return component
  }

  const convert = (schema: AnySchema, { side, wire, place }: Use): Written => {
    // to learn a name, another schema may be converted meanwhile
    const outer = open
    open = { place, references: NONE }
    try {
      const { json, definitions } = forms[side][wire].toJson(schema, place)
      return { json, definitions, references: open.references }
    } finally {
      open = outer
    }
  }

  /** What a component is in one form, as far as it can be; whoever uses it gets the error. */
  const attempt = (component: Component, side: Side, wire: Wire): Written | undefined => {
    const { schema, place, name, written } = component
    const form = forms[side][wire]
    if (written.has(form)) return written.get(form)
    written.set(form, undefined)
    try {
      written.set(form, convert(schema, { side, wire, place: `'${name}' in ${place}` }))
    } catch {
      // reported where this form is used
    }
    return written.get(form)
  }

  const sideOf = (one: Component, side: Side) =>
    attempt(one, side, 'json') ?? attempt(one, side, 'text')

  const isEqual = (a: Component, b: Component): boolean =>
    (['input', 'output'] as const).every((side) => {
      const [one, other] = [sideOf(a, side), sideOf(b, side)]
      return one && other ? textOf(one) === textOf(other) : one === other
    })

  /** Whether answers are others than requests, in a schema or in what it refers to. */
  const differing = new Map<Component, boolean>()
  const differs = (component: Component): boolean => {
    const decided = differing.get(component)
    if (decided !== undefined) return decided
    const seen = new Set([component])
    // a set gives what is added while it is walked
    for (const one of seen) {
      const [input, output] = [sideOf(one, 'input'), sideOf(one, 'output')]
      if (input && output && textOf(input) !== textOf(output)) {
        differing.set(component, true)
        return true
      }
      for (const inner of output?.references ?? []) seen.add(inner)
    }
    for (const one of seen) differing.set(one, false)
    return false
  }

  const sidedName = (component: Component, side: Side): string =>
    side === 'output' && sideOf(component, 'input') && differs(component)
      ? `${component.name}Output`
      : component.name

  /** Finishes what was converted: definitions are lifted, answers refer to answers. */
  const finish = (written: Written, { side, place }: Use): JsonSchema => {
    if (!written.definitions && written.references.size === 0) return written.json
    const isSided = [...written.references].some((one) => sidedName(one, side) !== one.name)
    const sided = (json: JsonSchema) => (isSided ? renameReferences(json, renamed) : json)
    const json = liftDefinitions(written, {
      define: (name, definition) => define(name, sided(definition), place),
      componentNamed: (name) => components.get(name)?.json,
    })
    return sided(json)
  }

  const renamed = (reference: string): string => {
    const name = componentIn(reference)
    const component = name === undefined ? undefined : owners.get(name)
    if (!component) return reference
    const rest = reference.slice(referenceTo(component.name).$ref.length)
    return `${referenceTo(sidedName(component, 'output')).$ref}${rest}`
  }

  /** Writes a component, and all that it refers to. */
  const use = (component: Component, how: Use): void => {
    const { side, wire, place } = how
    const reached = new Set([component])
    for (const one of reached) {
      const key = `${one.name} ${side} ${wire}`
      if (used.has(key)) continue
      const its = how.root === one ? how : { ...how, place: `the schema '${one.name}' in ${place}` }
      const written = attempt(one, side, wire) ?? convert(one.schema, its)
      define(sidedName(one, side), finish(written, its), one.place)
      used.add(key)
      for (const inner of written.references) reached.add(inner)
    }
  }

  const define = (name: string, json: JsonSchema, place: string) => {
    const other = components.get(name)
    if (other === undefined) components.set(name, { json, place })
    else if (!isSame(other.json, json)) {
      throw collision(name, other.place, place)
    }
  }

  const writeOut = (schema: AnySchema, how: Use): JsonSchema => {
    const { unnamed } = forms[how.side][how.wire]
    const known = unnamed.get(schema)
    if (known) return known
    const written = convert(schema, how)
    for (const inner of written.references) {
      // one that is written out may still refer to itself
      if (inner.schema !== schema || refersTo(written.json, inner.name)) use(inner, how)
    }
    const json = finish(written, how)
    unnamed.set(schema, json)
    return json
  }

  return {
    schema(schema, side, place, wire = 'json') {
      const component = componentOf(schema, place)
      if (!component) return writeOut(schema, { side, wire, place })
      use(component, { side, wire, place, root: component })
      return referenceTo(sidedName(component, side))
    },
    inline: (schema, side, place) => writeOut(schema, { side, wire: 'text', place }),
    own(name, json) {
      define(name, json, 'the problems that we answer')
      return referenceTo(name)
    },
    resolve: (reference) => components.get(componentIn(reference) ?? '')?.json ?? {},
    all: () => sorted(components, ({ json }) => json),
  }
}

function refersTo(json: JsonSchema, name: string): boolean {
  return JSON.stringify(json).includes(JSON.stringify(referenceTo(name).$ref))
}

function collision(name: string, place: string, other: string): CoreError {
  const where = place === other ? `both in ${place}` : `one in ${place}, one in ${other}`
  return new CoreError(
    'duplicate-name',
    `two different schemas are named '${name}', ${where}; give one of them another name`,
  )
}
