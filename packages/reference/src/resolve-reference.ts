import type { OpenApiDocument, ReferenceObject } from '@ringback/core/internal'
import { unescapeSegment } from '@ringback/core/internal'

/** Resolves a `$ref` into the same document; everything else is returned as it is. */
export function resolveReference<TValue extends object>(
  document: OpenApiDocument,
  value: TValue | ReferenceObject,
): TValue {
  // without a reference it is the value itself
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as TValue
  const names = value.$ref.split('/').slice(1)
  let found: unknown = document
  for (const name of names) {
    const key = unescapeSegment(name)
    // an own member, so the key is one of its keys
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? found[key as keyof typeof found]
        : undefined
  }
  // core's references lead to a component of the document, never to another reference
  return (found ?? {}) as TValue
}
