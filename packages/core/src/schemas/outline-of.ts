import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'
import type { Outline } from './outline.ts'
import { standardOutline } from './standard-outline.ts'
import { valibotOutline } from './valibot/outline.ts'

/** Outlines one side of a schema: valibot's from its data, others from the JSON Schema of their own converter. */
export function outlineOf(schema: AnySchema, side: Side): Outline {
  const outline = outlineByVendor(schema, side)
  return outline.resolve?.() ?? outline
}

function outlineByVendor(schema: AnySchema, side: Side): Outline {
  if (typeof __RINGBACK_OTHER_SCHEMAS__ === 'undefined' || __RINGBACK_OTHER_SCHEMAS__) {
    if (schema['~standard'].vendor !== 'valibot') return standardOutline(schema, side)
  }
  return valibotOutline(schema, side)
}
