import { KEEPS_TYPE } from './actions.ts'
import type { ValibotItem } from './data.ts'
import { targetOf } from './lazy.ts'

/** Whether a schema, or any schema inside it, has a transformation that may change the type of a value. */
export function hasTransformation(schema: ValibotItem): boolean {
  return isInside(schema, new Set())
}

function isInside(part: unknown, seen: Set<unknown>): boolean {
  if (typeof part !== 'object' || part === null || seen.has(part)) return false
  seen.add(part)
  if (isItem(part)) {
    if (part.kind === 'transformation' && !KEEPS_TYPE.has(part.type)) return true
    if (part.kind === 'schema' && isInside(targetOf(part), seen)) return true
  }
  return Object.values(part).some((inner) => isInside(inner, seen))
}

function isItem(part: object): part is ValibotItem {
  return 'kind' in part && 'type' in part
}
