import { CoreError } from '../definition/errors.ts'
import type { SecurityRequirement, SecuritySchemeObject } from '../definition/security.ts'

/**
 * Refuses a requirement of a callback whose credentials would take the place of those of another: each is sent, and
 * a header holds one.
 *
 * @throws {CoreError} with `schema`
 */
export function refuseSecondCredential(
  declared: readonly SecurityRequirement[],
  added: SecurityRequirement,
  owner: string,
): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  for (const requirement of declared) {
    const clash = clashOf(requirement, added)
    if (clash === undefined) continue
    const [one, other, field] = clash
    throw new CoreError(
      'schema',
      `${owner} requires both '${one}' and '${other}', whose credentials go into the same ${field}, which holds one of them: declare alternatives by anySecurityScheme(…), or leave one out`,
    )
  }
}

/** Two schemes of one field, where no choice of alternatives avoids that. */
function clashOf(
  requirement: SecurityRequirement,
  added: SecurityRequirement,
): readonly [one: string, other: string, field: string] | undefined {
  let clash: readonly [string, string, string] | undefined
  for (const one of requirement) {
    for (const other of added) {
      const field = fieldOf(one['~object'])
      // the scopes of one scheme have one credential
      const isSafe = one['~name'] === other['~name'] || field !== fieldOf(other['~object'])
      if (isSafe || field === undefined) return undefined
      clash ??= [one['~name'], other['~name'], field]
    }
  }
  return clash
}

/** The field that carries the credentials of a scheme, if it has some. */
function fieldOf(object: SecuritySchemeObject): string | undefined {
  if (object.type === 'mutualTLS') return undefined
  if (object.type !== 'apiKey') {
    return object.type === 'http' && object.scheme === 'none' ? undefined : 'header authorization'
  }
  const { in: location, name } = object
  return location === 'header' ? `header ${name.toLowerCase()}` : `${location} ${name}`
}
