import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { ToJson } from '../schemas/json-schema.ts'
import type { Converted } from '../schemas/local-references.ts'

/** A schema with a name, and what it is on each side, each converted once. */
export interface Component {
  readonly name: string
  readonly isTitle: boolean
  readonly schema: AnySchema
  /** Where it was met first. */
  readonly place: string
  /** By side and wire; what is not converted yet, or cannot be, has no value. */
  readonly written: Map<Form, Written | undefined>
}

/** One of the things that a schema is converted to: for a side, on a wire. */
export interface Form {
  readonly toJson: ToJson
  /** What has no name, written out. */
  readonly unnamed: Map<AnySchema, JsonSchema>
}

/** A converted schema, and the components that it refers to. */
export interface Written extends Converted {
  readonly references: ReadonlySet<Component>
}

/** The same text for the same JSON Schema. */
export function textOf({ json, definitions = new Map() }: Written): string {
  return JSON.stringify([json, ...definitions])
}
