import type { Side } from '../schemas/conversion.ts'
import { type Component, textOf, type Written } from './component.ts'

type SideOf = (component: Component, side: Side) => Written | undefined

/** The name of a component on one side. */
export type SidedName = (component: Component, side: Side) => string

/** Returns a function that names components: the output of one that differs from its input is a component of its own. */
export function createSidedNames(sideOf: SideOf): SidedName {
  const differing = new Map<Component, boolean>()

  /** Whether a schema, or any that it references, differs between input and output. */
  const differs = (component: Component): boolean => {
    const decided = differing.get(component)
    if (decided !== undefined) return decided
    const seen = new Set([component])
    // a set also yields what is added while it is walked
    for (const one of seen) {
      const [input, output] = [sideOf(one, 'input'), sideOf(one, 'output')]
      if (input && output && textOf(input) !== textOf(output)) {
        differing.set(component, true)
        return true
      }
      for (const inner of output?.references ?? []) seen.add(inner)
    }
    for (const one of seen) differing.set(one, false)
    return false
  }

  return (component, side) =>
    side === 'output' && sideOf(component, 'input') && differs(component)
      ? `${component.name}Output`
      : component.name
}
