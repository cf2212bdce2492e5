import { CoreError } from '../definition/errors.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Side } from '../schemas/conversion.ts'
import { type Component, textOf, type Written } from './component.ts'
import { componentNameOf } from './component-name.ts'

/** The named schemas of one document. */
export interface ComponentRegistry {
  /** The component of a schema, if it has a name. The first schema of a name owns it. */
  readonly componentOf: (schema: AnySchema, place: string) => Component | undefined
  /** The component of this name. */
  readonly owner: (name: string) => Component | undefined
}

type SideOf = (component: Component, side: Side) => Written | undefined

/** Creates a registry; two schemas of which one has its name as a title are compared by what `sideOf` returns. */
export function createComponentRegistry(sideOf: SideOf): ComponentRegistry {
  const owners = new Map<string, Component>()
  const known = new Map<AnySchema, Component | undefined>()

  const isEqual = (a: Component, b: Component): boolean =>
    (['input', 'output'] as const).every((side) => {
      const [one, other] = [sideOf(a, side), sideOf(b, side)]
      return one && other ? textOf(one) === textOf(other) : one === other
    })

  return {
    componentOf(schema, place) {
      const named = componentNameOf(schema)
      // most schemas have no name, and are not remembered
      if (!named || known.has(schema)) return known.get(schema)
      const { name, isTitle } = named
      const owner = owners.get(name)
      let component: Component | undefined = { name, isTitle, schema, place, written: new Map() }
      if (!owner) owners.set(name, component)
      else if ((isTitle || owner.isTitle) && isEqual(owner, component)) component = owner
      else if (isTitle) component = undefined
      else throw nameCollision(name, owner.place, place)
      known.set(schema, component)
      return component
    },
    owner: (name) => owners.get(name),
  }
}

/** The error for two schemas of one name. */
export function nameCollision(name: string, place: string, other: string): CoreError {
  const where = place === other ? `both in ${place}` : `one in ${place}, one in ${other}`
  return new CoreError(
    'duplicate-name',
    `two different schemas are named '${name}', ${where}; give one of them another name`,
  )
}
