import { CoreError } from '../definition/errors.ts'
import type { ComponentsObject, ReferenceObject } from '../definition/openapi-types.ts'
import { isSameJson } from '../schemas/is-same-json.ts'
import { sorted } from './sorted.ts'

/** The kinds of components other than schemas. */
export type ReusableKind = 'parameters' | 'headers' | 'responses' | 'callbacks'

/**
 * Writes a component once, and returns the reference to it.
 *
 * @throws {CoreError} with `duplicate-name` for another component of that name
 */
export type Reusable = (
  kind: ReusableKind,
  name: string,
  component: { readonly object: object; readonly place: string },
) => ReferenceObject

/** The components of a document that are no schemas. */
export interface ReusableComponents {
  readonly reusable: Reusable
  readonly resolve: (reference: string) => object | undefined
  readonly all: () => ComponentsObject
}

/** A component, the place that it was first written for, and the reference to it. */
interface Kept {
  readonly object: object
  readonly place: string
  readonly reference: ReferenceObject
}

/** Creates the components of a document. */
export function createReusable(): ReusableComponents {
  const kinds = new Map<string, Map<string, Kept>>()
  return {
    reusable(kind, name, { object, place }) {
      const components = kinds.get(kind) ?? new Map<string, Kept>()
      if (components.size === 0) kinds.set(kind, components)
      let kept = components.get(name)
      if (!kept) {
        kept = { object, place, reference: { $ref: `#/components/${kind}/${name}` } }
        components.set(name, kept)
      } else if (!isSameJson(kept.object, object)) {
        throw new CoreError(
          'duplicate-name',
          `${kept.place} and ${place} have different ${kind} named '${name}'; give the schema of one of them another name`,
        )
      }
      return kept.reference
    },
    resolve: (reference) => {
      const [kind = '', name = ''] = reference.split('/').slice(2)
      return kinds.get(kind)?.get(name)?.object
    },
    all: () =>
      Object.fromEntries(
        [...kinds].map(([kind, components]) => [kind, sorted(components, ({ object }) => object)]),
      ),
  }
}
