import type { OpenApiDocument, ReferenceObject } from '../../definition/openapi-types.ts'

/** What stands in the document, or what its `$ref` into the same document leads to. */
export function resolved<TValue extends object>(
  document: OpenApiDocument,
  value: TValue | ReferenceObject,
): TValue {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as TValue
  const names = value.$ref.split('/').slice(1)
  let found: unknown = document
  for (const name of names) {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~')
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? found[key as keyof typeof found]
        : undefined
  }
  // a document of ours refers to what it has, and once
  return (found ?? {}) as TValue
}
