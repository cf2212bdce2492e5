import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { CoreError } from '../errors.ts'
import type { AnySchema } from '../schema.ts'
import type { Conversion } from './json-schema.ts'
import type { JsonSchema } from './types.ts'

// these change or check a value without changing the JSON type of it; JSON Schema has no word for them
const WITHOUT_JSON_SCHEMA = [
  'brand',
  'check',
  'check_items',
  'flavor',
  'normalize',
  'partial_check',
  'raw_check',
  'readonly',
  'to_lower_case',
  'to_upper_case',
  'trim',
  'trim_end',
  'trim_start',
]

/** Converts a valibot schema; the named schemas inside it become references. */
export function fromValibot(schema: AnySchema, conversion: Conversion): JsonSchema {
  const { side, componentOf } = conversion
  const references = new Map<string, AnySchema>()
  for (const inner of valibotSchemasIn(schema)) {
    const name = componentOf(inner)
    if (name !== undefined) references.set(name, inner)
  }

  // toJsonSchema's `definitions` are what it refers to instead of writing it out
  const { $schema, $defs, ...json } = toJsonSchema(schema as GenericSchema, {
    target: 'draft-2020-12',
    typeMode: side,
    errorMode: 'throw',
    ignoreActions: WITHOUT_JSON_SCHEMA,
    definitions: Object.fromEntries(references) as Record<string, GenericSchema>,
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  }) as JsonSchema

  for (const [name, definition] of Object.entries($defs ?? {})) {
    if (!references.has(name)) {
      throw new CoreError('schema', "a recursive schema needs a name: wrap it in named('Name', …)")
    }
    conversion.define(name, definition)
  }
  return json
}

/** The title that `v.title` gave, if it can stand as a component's name. */
export function valibotTitleOf(schema: AnySchema): string | undefined {
  const { pipe = [] } = schema as { pipe?: readonly { type: string; title?: string }[] }
  return pipe.findLast((item) => item.type === 'title')?.title
}

/** All schemas of a valibot schema, itself first: they lie in its own properties, lazy ones behind a getter. */
export function valibotSchemasIn(root: AnySchema): ReadonlySet<AnySchema> {
  const found = new Set<AnySchema>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (isSchema(value)) {
      if (found.has(value)) return
      found.add(value)
      const { getter } = value as { getter?: unknown }
      if (typeof getter === 'function') visit(getter(undefined))
    }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(root)
  return found
}

function isSchema(value: object): value is AnySchema {
  return Object.hasOwn(value, '~standard') || (value as { kind?: unknown }).kind === 'schema'
}
