import { CoreError } from '../errors.ts'
import { isSame } from './is-same.ts'
import type { ComponentsObject, ReferenceObject } from './types.ts'

/** The components beside schemas that several places may refer to. */
export type ReusableKind = 'parameters' | 'headers' | 'responses' | 'callbacks'

/**
 * Writes a component once, and gives the reference to it.
 *
 * @throws {CoreError} with `duplicate-name` for another component of that name
 */
export type Reusable = (
  kind: ReusableKind,
  name: string,
  component: { readonly object: object; readonly place: string },
) => ReferenceObject

/** The components that were written so far. */
export interface ReusableComponents {
  readonly reusable: Reusable
  readonly resolve: (reference: string) => object | undefined
  readonly all: () => ComponentsObject
}

/** Keeps what is written. */
export function createReusable(): ReusableComponents {
  const kinds = new Map<ReusableKind, Map<string, object>>()
  const places = new Map<object, string>()
  return {
    reusable(kind, name, { object, place }) {
      const components = kinds.get(kind) ?? new Map<string, object>()
      kinds.set(kind, components)
      const other = components.get(name)
      if (other !== undefined && !isSame(other, object)) {
        throw new CoreError(
          'duplicate-name',
          `${places.get(other)} and ${place} have different ${kind} that are named '${name}'; give the schema of one of them another name`,
        )
      }
      if (other === undefined) {
        components.set(name, object)
        places.set(object, place)
      }
      return { $ref: `#/components/${kind}/${name}` }
    },
    resolve: (reference) => {
      const [kind = '', name = ''] = reference.split('/').slice(2)
      return kinds.get(kind as ReusableKind)?.get(name)
    },
    all: () =>
      Object.fromEntries(
        [...kinds].map(([kind, components]) => [
          kind,
          Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
        ]),
      ),
  }
}
