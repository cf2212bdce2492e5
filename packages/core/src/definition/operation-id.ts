import type { OperationDefinition } from './definition.ts'
import { CoreError } from './errors.ts'
import { segmentsOf } from './segments.ts'

// the check, the document and each request ask for it
const made = new WeakMap<OperationDefinition, string>()

/** The declared operationId, or one made from method and path, such as `getInvoicesById`. */
export function operationIdOf(definition: OperationDefinition): string {
  const known = definition.operationId ?? made.get(definition)
  if (known !== undefined) return known
  const id = makeId(definition)
  made.set(definition, id)
  return id
}

function makeId({ method, path }: OperationDefinition): string {
  if (/^\/*$/.test(path)) return `${method}Root`
  return method + segmentsOf(path).map(wordOf).join('')
}

/** The operationId of a callback: its own, or the parent's followed by the callback's name. */
export function callbackOperationIdOf(parentId: string, name: string, own?: string): string {
  return own ?? `${parentId}_${name}`
}

/** Throws if the operationId is in use: clients generate one function for each. */
export function claimOperationId(taken: Map<string, string>, id: string, place: string): void {
  const other = taken.get(id)
  if (other !== undefined) {
    throw new CoreError(
      'duplicate-name',
      `${other} and ${place} share the operationId '${id}'; give one of them .operationId(…)`,
    )
  }
  taken.set(id, place)
}

function wordOf(segment: string): string {
  const name = segment.startsWith(':') ? `by-${segment.slice(1).replace(/[{?].*$/s, '')}` : segment
  return name.replace(
    /[^A-Za-z0-9]*([A-Za-z0-9]?)([A-Za-z0-9]*)/g,
    (_, first: string, rest: string) => first.toUpperCase() + rest,
  )
}
