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

/** What the operations are to be beside served. */
export interface Use {
  /** Whether a document describes them; Hono serves more than a document can say. */
  readonly isDocumented: boolean
  /** Paths that answer GET already, each with what it serves. */
  readonly pages?: readonly (readonly [path: string, what: string, ...unknown[]])[]
  readonly webhooks?: readonly WebhookDefinition[]
  /** Whether they are a part of a document, whose links may lead to the rest of it. */
  readonly isPart?: boolean
}

/**
 * Checks operations against each other, and each for what it lacks, before any schema is converted. Gives who
 * has each operationId.
 *
 * @throws {CoreError} with `duplicate-name` when two operations answer the same requests or have one
 *   operationId; for a document also with `schema` without an answer, `path` for a path that it cannot describe
 */
export function checkOperations(
  operations: readonly AnyOperation[],
  use: Use,
): Map<string, string> {
  const ids = new Map<string, string>()
  const origins = new Map<string, readonly unknown[]>()
  const slots = new Map<string, string>()
  const paths = new Map<string, readonly [path: string, place: string]>()
  for (const [path, what] of use.pages ?? []) claimSlot(slots, `GET ${shapeOf(path)}`, what)

  for (const { name, method, operationId = name, responses } of use.webhooks ?? []) {
    const place = `${method.toUpperCase()} of the webhook '${name}'`
    claimSlot(slots, `webhook ${method} ${name}`, place)
    claimOperationId(ids, operationId, place)
    if (use.isDocumented) needResponse(responses, place)
  }

  for (const { '~definition': definition } of operations) {
    const { method, path, callbacks } = definition
    const place = placeOf(definition)
    const isDocumented = use.isDocumented && !definition.hidden
    const written = isDocumented ? openApiPath(path) : path
    // a document has no word for the pattern of a parameter
    const shape = shapeOf(isDocumented ? written.replace(/\{[^}]*\}/g, ':_') : path)
    claimSlot(slots, `${method.toUpperCase()} ${shape}`, place)
    if (isDocumented) {
      claimPath(paths, shape, [written.replace(/\/+$/, ''), place])
      needResponse(definition.responses, place)
    }

    const id = operationIdOf(definition)
    claimOperationId(ids, id, place)
    for (const [name, callback] of Object.entries(callbacks)) {
      const its = `the callback '${name}' of ${place}`
      claimCallback(ids, origins, { callback, name, parent: id, place: its })
      if (isDocumented) needResponse(callback.responses, its)
    }
  }
  if (use.isDocumented && !use.isPart) checkLinks(operations, ids)
  return ids
}

interface CallbackClaim {
  readonly callback: OperationCallback
  readonly name: string
  readonly parent: string
  readonly place: string
}

/** A callback that several operations share is one component, with one id. */
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

/** A link names the operationId of another operation of the same document. */
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

/** OpenAPI takes two paths that differ only in the names of their parameters for one. */
function claimPath(
  paths: Map<string, readonly [path: string, place: string]>,
  shape: string,
  claim: readonly [path: string, place: string],
): void {
  const [path, place] = paths.get(shape) ?? claim
  if (path !== claim[0]) {
    throw new CoreError(
      'path',
      `${place} and ${claim[1]} name the parameters of one path differently; name them alike`,
    )
  }
  paths.set(shape, claim)
}

function needResponse(responses: OperationDefinition['responses'], place: string): void {
  if (Object.keys(responses).length === 0) {
    throw new CoreError('schema', `${place} declares no answer; add .response(200, …)`)
  }
}
