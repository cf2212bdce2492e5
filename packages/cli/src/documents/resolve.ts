import { isRecord, type JsonObject } from './read-document.ts'

/** What a value is, or what its reference leads to. */
export interface Resolved {
  /** `undefined` for a reference that leads nowhere, or out of the document. */
  readonly value: unknown
  /** The JSON Pointer of the place that the reference leads to; `undefined` for a value that is none. */
  readonly pointer?: string
  /** Why a reference leads nowhere: into another document, or to a place that is not there. */
  readonly problem?: 'external' | 'missing'
}

const LONGEST_CHAIN = 16

/** Resolves a `$ref` into the same document, and those that it leads to. */
export function resolve(document: JsonObject, value: unknown): Resolved {
  let found = value
  let pointer: string | undefined
  for (let length = 0; length < LONGEST_CHAIN; length += 1) {
    if (!isRecord(found) || typeof found.$ref !== 'string') {
      return { value: found, ...(pointer !== undefined && { pointer }) }
    }
    if (!found.$ref.startsWith('#')) return { value: undefined, problem: 'external' }
    pointer = decode(found.$ref.slice(1))
    found = valueAt(document, pointer)
    if (found === undefined) return { value: undefined, pointer, problem: 'missing' }
  }
  return { value: undefined, problem: 'missing' }
}

/** Finds the value at a JSON Pointer; `undefined` where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  let found = document
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    // an own member, so the name is one of its keys
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, name)
        ? found[name as keyof typeof found]
        : undefined
  }
  return found
}

/** The fragment of a URL, percent-decoded; as it is where it cannot be. */
function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
