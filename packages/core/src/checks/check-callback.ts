import { capture, readsOf } from '@ringback/expression'
import type {
  CallbackDefinition,
  OperationCallback,
  OperationDefinition,
} from '../definition/definition.ts'
import { checkedTemplate, declarationsOf } from './check-expressions.ts'
import { defaultsOf, withDefaults } from './defaults.ts'

/**
 * Makes a callback one of an operation: its key is checked against what the operation declares before it.
 *
 * @throws {CoreError} with `expression`, naming operation and callback
 */
export function checkCallback(
  operation: OperationDefinition,
  name: string,
  callback: CallbackDefinition,
): OperationCallback {
  const { method, path, inherited } = operation
  const from = Object.hasOwn(inherited, name) ? `, inherited from ${inherited[name]?.from},` : ''
  const declarations = declarationsOf(operation)
  const template = checkedTemplate(callback.key, declarations, {
    place: `the callback '${name}'${from} of ${method.toUpperCase()} ${path}`,
    what: 'the callback that reads it',
  })
  const defaults = template.parts.flatMap((part) =>
    part.kind === 'expression' ? defaultsOf(part.expression, declarations) : [],
  )
  const reads = readsOf(template)
  const { statusCode, response } = reads
  const isResponseRead = statusCode || response.header.length > 0
  const readsResponse = response.body.length > 0 ? 'body' : isResponseRead ? 'head' : undefined
  return {
    ...callback,
    origin: callback,
    template,
    capture: (exchange) => capture(withDefaults(exchange, defaults), reads),
    ...(readsResponse && { readsResponse }),
  }
}
