import { isRecord, type JsonObject } from './read-document.ts'
import { resolve } from './resolve.ts'

/** A request that a document says its API sends. */
export interface Outgoing {
  readonly kind: 'callback' | 'webhook'
  /** The name of the callback or webhook. */
  readonly name: string
  /** The runtime expression of a callback; the name of a webhook. */
  readonly key: string
  readonly method: string
  readonly operation: JsonObject
  /** The place of the operation in the document, before references. */
  readonly pointer: string
  /** The operation that a callback belongs to. */
  readonly parent?: {
    readonly path: string
    readonly method: string
    readonly operation: JsonObject
  }
}

/** The methods of a path item. */
export const METHODS = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
] as const

/** Lists the callbacks and webhooks of a document; `x-webhooks` are webhooks of documents before OpenAPI 3.1. */
export function listOutgoing(document: JsonObject): Outgoing[] {
  const webhooks = membersOf(document.webhooks ?? document['x-webhooks']).flatMap(([name, item]) =>
    operationsOf(document, item).map(({ method, operation }): Outgoing => {
      const pointer = `/webhooks/${name}/${method}`
      return { kind: 'webhook', name, key: name, method, operation, pointer }
    }),
  )
  const callbacks = membersOf(document.paths).flatMap(([path, item]) =>
    operationsOf(document, item).flatMap((parent) =>
      membersOf(parent.operation.callbacks).flatMap(([name, callback]) =>
        membersOf(resolve(document, callback).value).flatMap(([key, inner]) =>
          operationsOf(document, inner).map(({ method, operation }): Outgoing => {
            const pointer = `/paths/${path}/${parent.method}/callbacks/${name}/${key}/${method}`
            return {
              kind: 'callback',
              name,
              key,
              method,
              operation,
              pointer,
              parent: { path, ...parent },
            }
          }),
        ),
      ),
    ),
  )
  return [...callbacks, ...webhooks]
}

/** The operations of a path item, with the parameters that the item has for all of them. */
export function operationsOf(
  document: JsonObject,
  item: unknown,
): { readonly method: string; readonly operation: JsonObject }[] {
  const { value } = resolve(document, item)
  if (!isRecord(value)) return []
  const shared = Array.isArray(value.parameters) ? value.parameters : []
  return METHODS.flatMap((method) => {
    const operation = Object.hasOwn(value, method) ? value[method] : undefined
    if (!isRecord(operation)) return []
    const own = Array.isArray(operation.parameters) ? operation.parameters : []
    const parameters = [...shared, ...own]
    return { method, operation: parameters.length > 0 ? { ...operation, parameters } : operation }
  })
}

/** The members of an object that are no extensions; none of everything else. */
export function membersOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value).filter(([name]) => !name.startsWith('x-')) : []
}
