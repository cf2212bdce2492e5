import type {
  CallbackDefinition,
  OperationDefinition,
  ResponseDefinition,
} from '../definition/definition.ts'
import { schemaName } from './component-name.ts'
import { PROBLEM_NAMES } from './problem-responses.ts'

/** What several operations of a document share by identity: the names of their components. */
export interface Shared {
  readonly callbacks: ReadonlyMap<CallbackDefinition, string>
  readonly responses: ReadonlyMap<ResponseDefinition, string>
}

/**
 * Finds callbacks and answers that several operations have, as those of a group. A callback's component has the
 * name that all of them give it, an answer's that of its schema, with a number where another has it; without a
 * name, each operation writes its own.
 */
export function sharedBy(operations: readonly OperationDefinition[]): Shared {
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
  return { callbacks: named(callbacks), responses: named(responses, PROBLEM_NAMES) }
}

/** A name that somebody gives, what it stands for there, and whether several give it, and all alike. */
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
  reserved: readonly string[] = [],
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
