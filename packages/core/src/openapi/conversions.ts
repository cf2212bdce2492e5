import type { AnySchema } from '../definition/schema.ts'
import type { SchemaConverter, Side, Wire } from '../schemas/conversion.ts'
import { createToJsonSchema } from '../schemas/to-json-schema.ts'
import type { Component, Form, Written } from './component.ts'

/** The side and wire that a schema is converted for, and the place that errors name. */
export interface Use {
  readonly side: Side
  readonly wire: Wire
  readonly place: string
}

/** The conversions of one document. */
export interface Conversions {
  readonly formOf: (side: Side, wire: Wire) => Form
  /**
   * Converts a schema.
   *
   * @throws {CoreError} with `schema` when it has no JSON form
   */
  readonly convert: (schema: AnySchema, use: Use) => Written
  /** Converts a component once; `undefined` when it has no JSON form, or its conversion is under way. */
  readonly attempt: (component: Component, side: Side, wire: Wire) => Written | undefined
  /** One side of a component, as JSON or, failing that, as text. */
  readonly sideOf: (component: Component, side: Side) => Written | undefined
}

type ComponentOf = (schema: AnySchema, place: string) => Component | undefined

const NONE: ReadonlySet<Component> = new Set()

/** Creates the conversions of a document, in which the schemas that are components become references. */
export function createConversions(
  converters: readonly SchemaConverter[],
  componentOf: ComponentOf,
): Conversions {
  // of the schema that is being converted: its place, and its references so far
  let open: { place: string; references: ReadonlySet<Component> } = { place: '', references: NONE }

  const nameOf = (inner: AnySchema) => {
    const component = componentOf(inner, open.place)
    if (component && !open.references.has(component)) {
      open.references = new Set(open.references).add(component)
    }
    return component?.name
  }
  const createForm = (side: Side, wire: Wire): Form => ({
    toJson: createToJsonSchema({ side, wire, nameOf, converters }),
    inline: new Map(),
  })
  const forms = {
    input: { json: createForm('input', 'json'), text: createForm('input', 'text') },
    output: { json: createForm('output', 'json'), text: createForm('output', 'text') },
  }
  const formOf = (side: Side, wire: Wire) => forms[side][wire]

  const convert = (schema: AnySchema, { side, wire, place }: Use): Written => {
    // `componentOf` may convert another schema meanwhile, to compare the two
    const outer = open
    open = { place, references: NONE }
    try {
      const { json, definitions } = formOf(side, wire).toJson(schema, place)
      return { json, definitions, references: open.references }
    } finally {
      open = outer
    }
  }
  const attempt = (component: Component, side: Side, wire: Wire): Written | undefined => {
    const { schema, place, name, written } = component
    const form = formOf(side, wire)
    if (written.has(form)) return written.get(form)
    written.set(form, undefined)
    try {
      written.set(form, convert(schema, { side, wire, place: `'${name}' in ${place}` }))
    } catch {
      // thrown again where this form is used
    }
    return written.get(form)
  }
  const sideOf = (component: Component, side: Side) =>
    attempt(component, side, 'json') ?? attempt(component, side, 'text')
  return { formOf, convert, attempt, sideOf }
}
