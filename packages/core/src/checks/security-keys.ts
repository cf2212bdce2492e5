import type { Template } from '@ringback/expression'
import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { ParameterLocation } from '../definition/parts.ts'

/** A parameter that holds the key of a security scheme; header names are in lower case. */
export interface SecurityKey {
  readonly location: ParameterLocation
  readonly name: string
}

/** The parameters that hold the keys of an operation's security schemes. */
export function securityKeysOf({ security = [] }: OperationDefinition): readonly SecurityKey[] {
  return security.flat().flatMap(({ '~object': object }) => {
    if (object.type !== 'apiKey') return []
    const { in: location, name } = object
    return { location, name: location === 'header' ? name.toLowerCase() : name }
  })
}

/**
 * Refuses a template that reads the key of a security scheme, which would be stored and sent to another party.
 *
 * @throws {CoreError} with `expression`, naming the reader
 */
export function refuseSecurityKeys(
  template: Template,
  keys: readonly SecurityKey[],
  place: string,
): void {
  for (const part of template.parts) {
    if (part.kind !== 'expression') continue
    const { expression } = part
    if (!('name' in expression) || expression.root !== 'request') continue
    const { source, name } = expression
    if (!keys.some((key) => key.location === source && key.name === name)) continue
    throw new CoreError(
      'expression',
      `${place}: the ${source} '${name}' holds the key of a security scheme, which is never stored or sent; read another value`,
    )
  }
}

/** Removes the keys from the query of a URL, since `$url` is stored and sent to other parties. */
export function withoutSecurityKeys(url: string, keys: readonly SecurityKey[]): string {
  if (keys.length === 0 || !url.includes('?')) return url
  const cleaned = new URL(url)
  const names = keys.flatMap(({ location, name }) =>
    location === 'query' && cleaned.searchParams.has(name) ? name : [],
  )
  if (names.length === 0) return url
  for (const name of names) cleaned.searchParams.delete(name)
  return cleaned.href
}
