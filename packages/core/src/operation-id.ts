import type { OperationDefinition } from './definition.ts'
import { CoreError } from './errors.ts'
import { segmentsOf } from './segments.ts'

/** The operation's id: its own, or its method and path, as in `getInvoicesById`. */
export function operationIdOf(definition: OperationDefinition): string {
  if (definition.operationId !== undefined) return definition.operationId
  const { method, path } = definition
  const words = path.includes(':') ? segmentsOf(path).map(wordOf).join('') : wordsOf(path)
  return words === '' && /^\/*$/.test(path) ? `${method}Root` : method + words
}

/** The id of a callback's operation: its own, or the parent's and its name. */
export function callbackOperationIdOf(parentId: string, name: string, own?: string): string {
  return own ?? `${parentId}_${name}`
}

/** Refuses an id that the document has already; clients generate one function per id. */
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
  if (!segment.startsWith(':')) return wordsOf(segment)
  return `By${wordsOf(segment.slice(1).replace(/[{?].*$/s, ''))}`
}

function wordsOf(text: string): string {
  let words = ''
  for (const word of text.split(/[^A-Za-z0-9]+/)) {
    if (word !== '') words += word.charAt(0).toUpperCase() + word.slice(1)
  }
  return words
}
