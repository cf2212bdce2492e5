import { ANONYMOUS } from '../definition/anonymous-object.ts'
import type { OperationMetadata } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { SecurityObject } from '../definition/openapi-types.ts'
import type { SecurityRequirement, SecuritySchemeObject } from '../definition/security.ts'
import { isSameJson } from '../schemas/is-same-json.ts'
import { sorted } from './sorted.ts'

/**
 * Writes security requirements. All of them are demanded together, so each of their combinations is one alternative.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object
 */
export function securityObjects(requirements: readonly SecurityRequirement[]): SecurityObject[] {
  return requirements.reduce<SecurityObject[]>(
    (combinations, alternatives) =>
      combinations.flatMap((combination) =>
        alternatives.map((scheme) => {
          if (scheme['~object'] === ANONYMOUS) return combination
          const { '~name': name, '~scopes': scopes } = scheme
          return { ...combination, [name]: [...new Set([...(combination[name] ?? []), ...scopes])] }
        }),
      ),
    [{}],
  )
}

/**
 * All security schemes that are used, by name.
 *
 * @throws {CoreError} with `duplicate-name` for two schemes of one name
 */
export function securitySchemesOf(
  described: readonly OperationMetadata[],
): Record<string, SecuritySchemeObject> {
  const schemes = new Map<string, SecuritySchemeObject>()
  for (const { security } of described) {
    for (const scheme of security?.flat() ?? []) {
      if (scheme['~object'] === ANONYMOUS) continue
      const { '~name': name, '~object': object } = scheme
      const other = schemes.get(name) ?? object
      // by value: a scheme may be made for each app
      if (!isSameJson(other, object)) {
        throw new CoreError(
          'duplicate-name',
          `two different security schemes are named '${name}'; give one of them another name`,
        )
      }
      schemes.set(name, object)
    }
  }
  return sorted(schemes, (scheme) => scheme)
}
