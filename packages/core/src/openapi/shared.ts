import type { CallbackDefinition, OperationDefinition, ResponseDefinition } from '../definition.ts'
import { nameOf } from '../schema.ts'
import { PROBLEM_NAMES } from './problem-responses.ts'
import { valibotTitleOf } from './valibot.ts'

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
  const callbacks = new Map<CallbackDefinition, string[]>()
  const responses = new Map<ResponseDefinition, string[]>()
  for (const operation of operations) {
    for (const [name, { origin, template }] of Object.entries(operation.callbacks)) {
      add(callbacks, origin, `${name}\n${template.source}`)
    }
    for (const response of Object.values(operation.responses)) {
      const { schema } = response
      const name = schema && (nameOf(schema) ?? valibotTitleOf(schema))
      if (name !== undefined) add(responses, response, name)
    }
  }
  return {
    callbacks: named(callbacks, (claim) => claim.slice(0, claim.indexOf('\n'))),
    responses: named(responses, (claim) => claim, PROBLEM_NAMES),
  }
}

function add<TKey>(claims: Map<TKey, string[]>, key: TKey, claim: string): void {
  const others = claims.get(key)
  if (others) others.push(claim)
  else claims.set(key, [claim])
}

function named<TKey>(
  claims: ReadonlyMap<TKey, readonly string[]>,
  nameOfClaim: (claim: string) => string,
  reserved: readonly string[] = [],
): Map<TKey, string> {
  const names = new Map<TKey, string>()
  const taken = new Set(reserved)
  for (const [key, [first = '', ...more]] of claims) {
    const base = nameOfClaim(first)
    const isShared = more.length > 0 && more.every((claim) => claim === first)
    if (!isShared || !/^[\w.-]+$/.test(base)) continue
    let name = base
    for (let count = 2; taken.has(name); count++) name = `${base}${count}`
    taken.add(name)
    names.set(key, name)
  }
  return names
}
