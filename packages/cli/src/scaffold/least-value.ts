import type { OpenApiDocument } from '@ringback/core'
import { sampleValue } from '@ringback/core/document'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'
import { listOf, typesWithNull } from './schema-writer.ts'

const DEEPEST = 12

/**
 * Makes the least value that a schema allows: the members that must be there, and of lists as few items as may be. It
 * compiles where the value of an example might not, since examples of documents need not fit their schemas.
 */
export function leastValue(document: JsonObject, schema: unknown, depth = 0): unknown {
  const { value } = resolve(document, schema)
  if (!isRecord(value) || depth > DEEPEST) return null
  const { const: only, enum: words } = value
  if (only !== undefined) return only
  if (Array.isArray(words)) return words[0]

  const inside = (inner: unknown) => leastValue(document, inner, depth + 1)
  const [type] = typesWithNull(value)
  const parts = [
    ...(type === undefined ? [] : [leastOf(document, type, value, inside)]),
    ...listOf(value.allOf).map(inside),
    ...[value.oneOf, value.anyOf].flatMap((list) => listOf(list).slice(0, 1).map(inside)),
  ]
  // the parts of a schema of objects are members of one
  return parts.every(isRecord)
    ? Object.assign({}, ...parts)
    : (parts.find((one) => one !== null) ?? null)
}

function leastOf(
  document: JsonObject,
  type: string,
  schema: JsonObject,
  inside: (schema: unknown) => unknown,
): unknown {
  switch (type) {
    case 'object': {
      const properties = isRecord(schema.properties) ? schema.properties : {}
      const required = listOf(schema.required).map(String)
      return Object.fromEntries(
        required
          .filter((name) => Object.hasOwn(properties, name))
          .map((name) => [name, inside(properties[name])]),
      )
    }
    case 'array': {
      const first = listOf(schema.prefixItems).map(inside)
      const missing = Math.min(Number(schema.minItems ?? 0), 10) - first.length
      return [...first, ...Array.from({ length: Math.max(missing, 0) }, () => inside(schema.items))]
    }
    case 'null':
      return null
    case 'boolean':
      return true
    default:
      return scalarOf(document, type, schema)
  }
}

/** A text or number: the example if it is one, and else a value of the schema. */
function scalarOf(document: JsonObject, type: string, schema: JsonObject): unknown {
  const wanted = type === 'string' ? 'string' : 'number'
  const { example: _1, examples: _2, default: _3, ...bare } = schema
  // the document was read from anywhere; sampleValue takes nothing of it for granted
  const sampleOf = (one: JsonObject) =>
    sampleValue(document as unknown as OpenApiDocument, { ...one, type })
  const sample = sampleOf(schema)
  return typeof sample === wanted ? sample : sampleOf(bare)
}
