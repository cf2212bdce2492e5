import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'
import { standardJson } from './standard.ts'
import { dataOf } from './valibot/data.ts'
import { hasTransformation } from './valibot/has-transformation.ts'

/** Whether the output of a schema may be of another type than its input, so that it may refuse its own output. */
export function transforms(schema: AnySchema): boolean {
  if (typeof __RINGBACK_OTHER_SCHEMAS__ === 'undefined' || __RINGBACK_OTHER_SCHEMAS__) {
    if (schema['~standard'].vendor !== 'valibot') return differs(schema)
  }
  return hasTransformation(dataOf(schema))
}

function differs(schema: AnySchema): boolean {
  const input = textOf(schema, 'input')
  return input === undefined || input !== textOf(schema, 'output')
}

/** Keywords that differ although the type is the same: an output has its defaults, and may be closed. */
const ONE_SIDED = new Set(['required', 'default', 'additionalProperties'])

function textOf(schema: AnySchema, side: Side): string | undefined {
  try {
    return JSON.stringify(standardJson(schema, side), (keyword, value) =>
      ONE_SIDED.has(keyword) ? undefined : value,
    )
  } catch {
    return undefined
  }
}
