import type { AnySchema } from '../../definition/schema.ts'
import { valibotOutline } from '../valibot/outline.ts'
import { jsonSchemaOutline } from './json-schema.ts'
import { ANY, type Outline, type Side } from './outline.ts'

/** Outlines a schema: valibot's by its own data, others by the JSON Schema that they convert themselves to. */
export function outlineOf(schema: AnySchema, side: Side): Outline {
  const standard: AnySchema['~standard'] & { jsonSchema?: unknown } = schema['~standard']
  if (standard.vendor === 'valibot') return valibotOutline(schema, side)
  return standard.jsonSchema === undefined ? ANY : jsonSchemaOutline(standard.jsonSchema, side)
}
