import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Converted, ToJsonSchema } from '../schemas/conversion.ts'

/** A schema with a name. */
export interface Component {
  readonly name: string
  readonly isTitle: boolean
  readonly schema: AnySchema
  /** The place that it was found in first. */
  readonly place: string
  /** Its conversions, each done once; `undefined` for one that is under way or failed. */
  readonly written: Map<Form, Written | undefined>
}

/** A side and a wire, and what is converted for them. */
export interface Form {
  readonly toJson: ToJsonSchema
  /** The finished JSON Schemas of schemas that are written inline. */
  readonly inline: Map<AnySchema, JsonSchema>
}

/** A converted schema, and the components that it refers to. */
export interface Written extends Converted {
  readonly references: ReadonlySet<Component>
}

/** A text that is the same for the same JSON Schema. */
export function textOf({ json, definitions = new Map() }: Written): string {
  return JSON.stringify([json, ...definitions])
}
