import { escapeSegment } from '../documents/json-differences.ts'
import { METHODS, membersOf } from '../documents/outgoing.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'
import type { Findings } from './finding.ts'

/** An operation, and where it stands. */
export interface Site {
  readonly kind: 'operation' | 'callback' | 'webhook'
  readonly method: string
  /** The path of the API; absent for callbacks and webhooks. */
  readonly path?: string
  readonly pointer: string
  readonly operation: JsonObject
  /** Its parameters with those of its path item, resolved. */
  readonly parameters: readonly JsonObject[]
  /** Whether a parameter stands in another document, so that its name is not known. */
  readonly hasForeignParameters: boolean
}

/** A callback of an operation: one key with its path item. */
export interface CallbackSite {
  readonly name: string
  readonly key: string
  readonly pointer: string
  /** Absent for a component that no operation has. */
  readonly parent?: Site
}

/** A document, and what is found in it. */
export interface LintContext {
  readonly document: JsonObject
  readonly findings: Findings
}

const DEEPEST = 4

/** Walks the operations of a document, and the callbacks of each. */
export function walkDocument(context: LintContext): {
  readonly sites: readonly Site[]
  readonly callbacks: readonly CallbackSite[]
} {
  const { document } = context
  const sites: Site[] = []
  const callbacks: CallbackSite[] = []
  const walkCallback = (
    given: unknown,
    at: { name: string; pointer: string; parent?: Site; depth: number },
  ) => {
    const { value, pointer = at.pointer } = resolveAt(context, given, at.pointer)
    if (value === undefined) return
    if (!requireObject(context, value, pointer, 'callback')) return
    for (const [key, item] of membersOf(value)) {
      const place = `${pointer}/${escapeSegment(key)}`
      callbacks.push({
        name: at.name,
        key,
        pointer: place,
        ...(at.parent && { parent: at.parent }),
      })
      walkItem(item, { kind: 'callback', pointer: place, depth: at.depth + 1 })
    }
  }
  const walkItem = (
    given: unknown,
    at: { kind: Site['kind']; path?: string; pointer: string; depth: number },
  ) => {
    if (at.depth > DEEPEST) return // callbacks of callbacks that refer to themselves
    const { value, pointer = at.pointer } = resolveAt(context, given, at.pointer)
    if (value === undefined) return
    if (at.kind !== 'operation' && !requireObject(context, value, pointer, at.kind)) return
    if (!isRecord(value)) return
    for (const method of METHODS) {
      const operation = Object.hasOwn(value, method) ? value[method] : undefined
      if (!isRecord(operation)) continue
      const given = [value.parameters, operation.parameters].flatMap((list) =>
        Array.isArray(list) ? list : [],
      )
      const parameters = given.map((one) => resolve(document, one))
      const site: Site = {
        kind: at.kind,
        method,
        ...(at.path !== undefined && { path: at.path }),
        pointer: `${pointer}/${method}`,
        operation,
        parameters: parameters.map((one) => one.value).filter(isRecord),
        hasForeignParameters: parameters.some((one) => one.problem !== undefined),
      }
      sites.push(site)
      for (const [name, callback] of membersOf(operation.callbacks)) {
        const place = `${site.pointer}/callbacks/${escapeSegment(name)}`
        walkCallback(callback, { name, pointer: place, parent: site, depth: at.depth })
      }
    }
  }

  for (const [path, item] of membersOf(document.paths)) {
    walkItem(item, { kind: 'operation', path, pointer: `/paths/${escapeSegment(path)}`, depth: 0 })
  }
  for (const field of ['webhooks', 'x-webhooks']) {
    for (const [name, item] of membersOf(document[field])) {
      walkItem(item, { kind: 'webhook', pointer: `/${field}/${escapeSegment(name)}`, depth: 0 })
    }
  }
  const walked = new Set(callbacks.map(({ pointer }) => pointer))
  const components = isRecord(document.components) ? document.components : {}
  for (const [name, callback] of membersOf(components.callbacks)) {
    const pointer = `/components/callbacks/${escapeSegment(name)}`
    const isUsed = [...walked].some((one) => one.startsWith(`${pointer}/`))
    if (!isUsed) walkCallback(callback, { name, pointer, depth: 0 })
  }
  return { sites, callbacks }
}

/** Resolves a reference; one that leads to nothing is a finding. */
export function resolveAt({ document, findings }: LintContext, given: unknown, pointer: string) {
  const resolved = resolve(document, given)
  if (resolved.problem === 'missing') {
    const target = isRecord(given) ? String(given.$ref).slice(0, 200) : ''
    findings.add('unresolved-reference', pointer, {
      message: `The reference '${target}' leads to nothing.`,
      remedy: 'Add what it names to the document, or correct the reference.',
    })
  }
  return resolved
}

function requireObject(
  { findings }: LintContext,
  value: unknown,
  pointer: string,
  noun: string,
): value is JsonObject {
  if (isRecord(value)) return true
  findings.add('structure', pointer, {
    message: `This ${noun} is not an object.`,
    remedy:
      noun === 'callback'
        ? 'Write an object whose key is the runtime expression of the URL, and whose value is a path item.'
        : 'Write a path item: an object with a method such as post.',
  })
  return false
}
