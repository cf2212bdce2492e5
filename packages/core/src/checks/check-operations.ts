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
import { createConversionCheck } from './check-conversion.ts'
import { outgoingFaults } from './check-outgoing.ts'
import { requestFaults } from './check-request.ts'

/** The uses of operations, apart from serving them. */
export interface CheckOptions {
  /** True if a document describes them, which can say less than Hono can serve. */
  readonly isDocumented: boolean
  /** The paths that already respond to GET, each with its name in messages. */
  readonly pages?: readonly (readonly [path: string, name: string])[]
  readonly webhooks?: readonly WebhookDefinition[]
  /** The libraries whose schemas the application converts; absent if the document is converted at once. */
  readonly convertedVendors?: readonly string[]
  /** True for a part of a document, whose links can lead to the rest of it. */
  readonly isPart?: boolean
}

// the operations whose schemas were found to be in order: a document checks them again
const sound = new WeakSet<OperationDefinition>()

/**
 * Checks each operation, and all of them against each other, before any schema is converted. Returns the place of
 * each operationId.
 *
 * @throws {CoreError} with `duplicate-name` if two operations answer the same requests or share an operationId;
 *   `schema` or `path` for a declaration that no request can meet; for a document also with `schema` without a
 *   response or a converter, `path` for a path that it cannot describe; `several` for more than one fault, whose message lists all
 */
export function checkOperations(
  operations: readonly AnyOperation[],
  { isDocumented: hasDocument, pages = [], webhooks = [], isPart, convertedVendors }: CheckOptions,
): Map<string, string> {
  const ids = new Map<string, string>()
  const origins = new Map<string, readonly unknown[]>()
  const slots = new Map<string, string>()
  const paths = new Map<string, readonly [path: string, place: string]>()
  const checked = new Set<unknown>()
  const conversion =
    hasDocument && convertedVendors ? createConversionCheck(convertedVendors) : undefined
  const faults: CoreError[] = []
  const attempt = (check: () => void): void => {
    try {
      check()
    } catch (error) {
      if (!(error instanceof CoreError)) throw error
      faults.push(error)
    }
  }
  for (const [path, name] of pages) attempt(() => claimSlot(slots, `GET ${shapeOf(path)}`, name))

  for (const webhook of webhooks) {
    const { name, method, operationId = name, responses } = webhook
    const place = `${method.toUpperCase()} of the webhook '${name}'`
    attempt(() => {
      claimSlot(slots, `webhook ${method} ${name}`, place)
      claimOperationId(ids, operationId, place)
    })
    if (hasDocument) attempt(() => requireResponse(responses, place))
    faults.push(...outgoingFaults(webhook, place))
    if (conversion) faults.push(...conversion.outgoingFaults(webhook, place))
  }

  for (const [index, operation] of operations.entries()) {
    const fault = operationFault(operation, index)
    if (fault) {
      faults.push(fault)
      continue
    }
    const { '~definition': definition } = operation
    const { method, path, callbacks } = definition
    const place = placeOf(definition)
    const isDocumented = hasDocument && !definition.hidden
    const id = operationIdOf(definition)
    attempt(() => {
      const written = isDocumented ? openApiPath(path) : path
      // OpenAPI has no patterns of parameters
      const shape = shapeOf(isDocumented ? written.replace(/\{[^}]*\}/g, ':_') : path)
      claimSlot(slots, `${method.toUpperCase()} ${shape}`, place)
      if (isDocumented) claimPath(paths, shape, [written.replace(/\/+$/, ''), place])
      // two operations in one place also share the operationId, which is one fault
      claimOperationId(ids, id, place)
    })
    if (isDocumented) attempt(() => requireResponse(definition.responses, place))
    if (!sound.has(definition)) {
      const found = requestFaults(definition)
      if (found.length === 0) sound.add(definition)
      faults.push(...found)
    }
    if (isDocumented && conversion) faults.push(...conversion.operationFaults(definition, place))
    for (const [name, callback] of Object.entries(callbacks)) {
      const callbackPlace = `the callback '${name}' of ${place}`
      attempt(() =>
        claimCallback(ids, origins, { callback, name, parent: id, place: callbackPlace }),
      )
      if (isDocumented) attempt(() => requireResponse(callback.responses, callbackPlace))
      // the operations of a group share a callback, and its faults
      if (checked.has(callback.origin)) continue
      checked.add(callback.origin)
      faults.push(...outgoingFaults(callback, callbackPlace))
      if (isDocumented && conversion)
        faults.push(...conversion.outgoingFaults(callback, callbackPlace))
    }
  }
  // a link may lead to an operation that has a fault
  if (hasDocument && !isPart && faults.length === 0) faults.push(...linkFaults(operations, ids))
  throwAll(faults)
  return ids
}

/** Throws the fault, or one error that lists all of several. */
function throwAll(faults: readonly CoreError[]): void {
  const [first, ...more] = faults
  if (first === undefined) return
  if (more.length === 0) throw first
  const lines = faults.map(({ message }) => `\n- ${message}`)
  throw new CoreError('several', `${faults.length} declarations are at fault:${lines.join('')}`)
}

/** The fault of a value that is no operation, which JavaScript can pass. */
function operationFault(operation: Partial<AnyOperation>, index: number): CoreError | undefined {
  const definition = operation?.['~definition']
  if (definition && operation['~handler']) return undefined
  const what = definition?.path === undefined ? `the value at index ${index}` : placeOf(definition)
  return new CoreError(
    'option',
    `${what} is no operation; end its declaration with .handle((c) => …), which returns one`,
  )
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

/** The faults of links that lead to no operation of the same document. */
function linkFaults(
  operations: readonly AnyOperation[],
  ids: ReadonlyMap<string, string>,
): CoreError[] {
  return operations.flatMap(({ '~definition': definition }) =>
    Object.entries(definition.links).flatMap(([name, { target }]) =>
      ids.get(operationIdOf(target)) === placeOf(target)
        ? []
        : new CoreError(
            'path',
            `the link '${name}' of ${placeOf(definition)} leads to ${placeOf(target)}, which is not among the operations; add it`,
          ),
    ),
  )
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
