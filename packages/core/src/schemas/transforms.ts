import type { AnySchema } from '../definition/schema.ts'
import { outlineTextOf } from './outline/outline-text.ts'
import { KEEPS_TYPE } from './valibot/actions.ts'

/** Whether a schema gives other values than it takes, so that it may refuse its own output. */
export function transforms(schema: AnySchema): boolean {
  return schema['~standard'].vendor === 'valibot'
    ? hasTransformation(schema, new Set())
    : outlineTextOf(schema, 'input') !== outlineTextOf(schema, 'output')
}

/** The parts of a valibot schema lie in its own properties, those of a lazy one behind a getter. */
function hasTransformation(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false
  seen.add(value)
  const { kind, type, getter } = value as { kind?: unknown; type?: unknown; getter?: unknown }
  if (kind === 'transformation' && !KEEPS_TYPE.has(String(type))) return true
  if (typeof getter === 'function' && hasTransformation(getter(undefined), seen)) return true
  return Object.values(value).some((inner) => hasTransformation(inner, seen))
}
