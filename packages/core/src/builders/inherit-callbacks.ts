import type { OperationCallback, OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'

/**
 * Adds the callbacks of its groups to an operation, whose declarations are complete.
 *
 * @throws {CoreError} with `expression` for a callback whose key reads something undeclared, unless it is inherited as
 *   `whenDeclared`
 */
export function inheritCallbacks(operation: OperationDefinition): OperationDefinition {
  const inherited = Object.entries(operation.inherited)
  if (inherited.length === 0) return operation

  const callbacks: Record<string, OperationCallback> = { ...operation.callbacks }
  for (const [name, { attach, whenDeclared, from }] of inherited) {
    try {
      callbacks[name] = attach(operation, name)
    } catch (error) {
      if (!(error instanceof CoreError) || error.code !== 'expression') throw error
      if (whenDeclared) continue
      const remedy = `declare it, or give ${from} whenDeclared(…)`
      throw new CoreError('expression', `${error.message}; ${remedy}`, { cause: error })
    }
  }
  return Object.freeze({ ...operation, callbacks: Object.freeze(callbacks) })
}
