import type {
  CallbackDefinition,
  OperationDefinition,
  ResponseDefinition,
} from '../definition/definition.ts'
import { schemaName } from './component-name.ts'

/** The component names of the definitions that several operations share by identity. */
export interface Shared {
  readonly callbacks: ReadonlyMap<CallbackDefinition, string>
  readonly responses: ReadonlyMap<ResponseDefinition, string>
}

/**
 * Finds the callbacks and responses that several operations share, such as those of a group. A callback's component
 * has the name that all operations give it, a response's that of its schema, numbered where the name is taken or
 * reserved. Without a name, each operation has its own.
 */
export function sharedBy(
  operations: readonly OperationDefinition[],
  reserved: readonly string[],
): Shared {
  const callbacks = new Map<CallbackDefinition, Claim>()
  const responses = new Map<ResponseDefinition, Claim>()
  for (const operation of operations) {
    for (const [name, { origin, template }] of Object.entries(operation.callbacks)) {
      claim(callbacks, origin, { name, key: template.source })
    }
    for (const response of Object.values(operation.responses)) {
      const name = response.schema && schemaName(response.schema)
      if (name !== undefined) claim(responses, response, { name, key: name })
    }
  }
  return { callbacks: named(callbacks, []), responses: named(responses, reserved) }
}

/** A name that an operation gives, the key that it has there, and whether several operations give the same. */
interface Claim {
  readonly name: string
  readonly key: string
  readonly isShared?: boolean
}

function claim<TKey>(claims: Map<TKey, Claim>, key: TKey, one: Claim): void {
  const other = claims.get(key)
  if (!other) claims.set(key, one)
  else if (other.isShared !== false) {
    claims.set(key, { ...one, isShared: one.name === other.name && one.key === other.key })
  }
}

function named<TKey>(
  claims: ReadonlyMap<TKey, Claim>,
  reserved: readonly string[],
): Map<TKey, string> {
  const names = new Map<TKey, string>()
  const taken = new Set(reserved)
  for (const [key, { name: base, isShared }] of claims) {
    if (!isShared || !/^[\w.-]+$/.test(base)) continue
    let name = base
    for (let count = 2; taken.has(name); count++) name = `${base}${count}`
    taken.add(name)
    names.set(key, name)
  }
  return names
}
