import type {
  OperationCallback,
  OperationDefinition,
  WebhookDefinition,
} from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { AnyOperation } from '../definition/operation.ts'
import {
  callbackOperationIdOf,
  claimOperationId,
  operationIdOf,
} from '../definition/operation-id.ts'
import { openApiPath, placeOf, shapeOf } from '../definition/path.ts'

/** The uses of operations, apart from serving them. */
export interface CheckOptions {
  /** True if a document describes them, which can say less than Hono can serve. */
  readonly isDocumented: boolean
  /** The paths that already respond to GET, each with its name in messages. */
  readonly pages?: readonly (readonly [path: string, name: string])[]
  readonly webhooks?: readonly WebhookDefinition[]
  /** True for a part of a document, whose links can lead to the rest of it. */
  readonly isPart?: boolean
}

/**
 * Checks each operation, and all of them against each other, before any schema is converted. Returns the place of
 * each operationId.
 *
 * @throws {CoreError} with `duplicate-name` if two operations answer the same requests or share an operationId;
 *   for a document also with `schema` without a response, `path` for a path that it cannot describe
 */
export function checkOperations(
  operations: readonly AnyOperation[],
  { isDocumented: hasDocument, pages = [], webhooks = [], isPart }: CheckOptions,
): Map<string, string> {
  const ids = new Map<string, string>()
  const origins = new Map<string, readonly unknown[]>()
  const slots = new Map<string, string>()
  const paths = new Map<string, readonly [path: string, place: string]>()
  for (const [path, name] of pages) claimSlot(slots, `GET ${shapeOf(path)}`, name)

  for (const { name, method, operationId = name, responses } of webhooks) {
    const place = `${method.toUpperCase()} of the webhook '${name}'`
    claimSlot(slots, `webhook ${method} ${name}`, place)
    claimOperationId(ids, operationId, place)
    if (hasDocument) requireResponse(responses, place)
  }

  for (const { '~definition': definition } of operations) {
    const { method, path, callbacks } = definition
    const place = placeOf(definition)
    const isDocumented = hasDocument && !definition.hidden
    const written = isDocumented ? openApiPath(path) : path
    // OpenAPI has no patterns of parameters
    const shape = shapeOf(isDocumented ? written.replace(/\{[^}]*\}/g, ':_') : path)
    claimSlot(slots, `${method.toUpperCase()} ${shape}`, place)
    if (isDocumented) {
      claimPath(paths, shape, [written.replace(/\/+$/, ''), place])
      requireResponse(definition.responses, place)
    }

    const id = operationIdOf(definition)
    claimOperationId(ids, id, place)
    for (const [name, callback] of Object.entries(callbacks)) {
      const callbackPlace = `the callback '${name}' of ${place}`
      claimCallback(ids, origins, { callback, name, parent: id, place: callbackPlace })
      if (isDocumented) requireResponse(callback.responses, callbackPlace)
    }
  }
  if (hasDocument && !isPart) checkLinks(operations, ids)
  return ids
}

interface CallbackClaim {
  readonly callback: OperationCallback
  readonly name: string
  readonly parent: string
  readonly place: string
}

/** Claims the operationId of a callback; operations that share a callback share it, as one component. */
function claimCallback(
  ids: Map<string, string>,
  origins: Map<string, readonly unknown[]>,
  { callback, name, parent, place }: CallbackClaim,
): void {
  const { operationId, origin, template } = callback
  const id = callbackOperationIdOf(parent, name, operationId)
  if (operationId !== undefined) {
    const claim = [origin, name, template.source]
    if (origins.get(id)?.every((one, at) => one === claim[at])) return
    origins.set(id, claim)
  }
  claimOperationId(ids, id, place)
}

/** Checks that each link leads to an operation of the same document. */
function checkLinks(operations: readonly AnyOperation[], ids: ReadonlyMap<string, string>): void {
  for (const { '~definition': definition } of operations) {
    for (const [name, { target }] of Object.entries(definition.links)) {
      if (ids.get(operationIdOf(target)) === placeOf(target)) continue
      throw new CoreError(
        'path',
        `the link '${name}' of ${placeOf(definition)} leads to ${placeOf(target)}, which is not among the operations; add it`,
      )
    }
  }
}

function claimSlot(slots: Map<string, string>, slot: string, place: string): void {
  const other = slots.get(slot)
  if (other !== undefined) {
    throw new CoreError(
      'duplicate-name',
      `${other} and ${place} answer the same requests; keep one of them, or give one another path`,
    )
  }
  slots.set(slot, place)
}

/** Claims a path: for OpenAPI, paths that differ only in the names of parameters are the same. */
function claimPath(
  paths: Map<string, readonly [path: string, place: string]>,
  shape: string,
  claim: readonly [path: string, place: string],
): void {
  const [path, place] = paths.get(shape) ?? claim
  if (path !== claim[0]) {
    throw new CoreError(
      'path',
      `${place} and ${claim[1]} name the parameters of one path differently; give them the same names`,
    )
  }
  paths.set(shape, claim)
}

function requireResponse(responses: OperationDefinition['responses'], place: string): void {
  if (Object.keys(responses).length === 0) {
    throw new CoreError('schema', `${place} declares no response; add .response(200, …)`)
  }
}
