import type { Outgoing } from '../documents/outgoing.ts'
import { CliError } from '../errors.ts'

/**
 * Finds a callback or webhook by its name or operationId; a callback that several operations have is named with the
 * operation before it: `createOrder.paid`.
 *
 * @throws {CliError} listing the names, when there is none or more than one
 */
export function findOutgoing(all: readonly Outgoing[], name: string): Outgoing {
  const found = all.filter((one) => namesOf(one).includes(name))
  const [first] = found
  if (first === undefined) {
    const names = [...new Set(all.map((one) => one.name))].join(', ') || 'none'
    throw new CliError(`There is no callback or webhook '${name}'; the document has ${names}.`)
  }
  // the same callback of several operations: any of them is as good, if they agree
  const different = new Set(found.map(({ method, key }) => `${method} ${key}`))
  if (different.size > 1) {
    const full = found.map((one) => namesOf(one).at(-1)).join(', ')
    throw new CliError(`Several callbacks are named '${name}': give one of ${full}.`)
  }
  return first
}

function namesOf({ name, operation, parent }: Outgoing): string[] {
  const id = operation.operationId
  const owner = parent?.operation.operationId
  return [
    name,
    ...(typeof id === 'string' ? [id] : []),
    ...(typeof owner === 'string' ? [`${owner}.${name}`] : []),
  ]
}
