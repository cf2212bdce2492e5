import type { ExpressionPart, Template } from '@ringback/expression'
import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'

/** The parameters that hold the keys of security schemes: `header x-key`, `query key`. */
export function securityKeysOf({ security = [] }: OperationDefinition): ReadonlySet<string> {
  return new Set(
    security.flat().flatMap(({ '~object': object }) => {
      if (object.type !== 'apiKey') return []
      // the names of headers have no case
      return `${object.in} ${object.in === 'header' ? object.name.toLowerCase() : object.name}`
    }),
  )
}

/**
 * Refuses a template that reads the key of a security scheme, which would then be stored, and sent to a stranger.
 *
 * @throws {CoreError} with `expression`, naming who reads
 */
export function refuseSecurityKeys(
  template: Template,
  keys: ReadonlySet<string>,
  place: string,
): void {
  for (const part of template.parts) {
    const key = part.kind === 'expression' ? keyOf(part) : undefined
    if (key === undefined || !keys.has(key.join(' '))) continue
    throw new CoreError(
      'expression',
      `${place}: the ${key[0]} '${key[1]}' holds the key of a security scheme, which is never stored or sent`,
    )
  }
}

function keyOf({ expression }: ExpressionPart): [source: string, name: string] | undefined {
  const isNamed = 'source' in expression && expression.root === 'request' && 'name' in expression
  return isNamed ? [expression.source, expression.name] : undefined
}

/** A URL without the keys in its query: `$url` is stored, and sent to strangers. */
export function withoutSecurityKeys(url: string, keys: ReadonlySet<string>): string {
  if (keys.size === 0 || !url.includes('?')) return url
  const cleaned = new URL(url)
  const names = [...cleaned.searchParams.keys()].filter((name) => keys.has(`query ${name}`))
  if (names.length === 0) return url
  for (const name of names) cleaned.searchParams.delete(name)
  return cleaned.href
}
