import { unescapeSegment } from './json-pointer.ts'
import type { OpenApiDocument, ReferenceObject } from './openapi-types.ts'

const LONGEST_CHAIN = 16

/**
 * Resolves a `$ref` into the same document, and those that it leads to; everything else is returned as it is. A
 * reference that leads nowhere gives an empty object.
 */
export function resolveReference<TValue extends object>(
  document: OpenApiDocument,
  value: TValue | ReferenceObject,
): TValue {
  let found: unknown = value
  for (let length = 0; length < LONGEST_CHAIN; length += 1) {
    // without a reference it is the value itself
    if (!isReference(found)) return (found ?? {}) as TValue
    found = follow(document, found.$ref)
  }
  return {} as TValue // a circle of references, such as of a document by hand
}

function follow(document: OpenApiDocument, reference: string): unknown {
  let found: unknown = document
  for (const name of reference.split('/').slice(1)) {
    const key = unescapeSegment(name)
    // an own member, so the key is one of its keys
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? found[key as keyof typeof found]
        : undefined
  }
  return found
}

function isReference(value: unknown): value is ReferenceObject {
  return (
    typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string'
  )
}
