import { capture, readsOf } from '@ringback/expression'
import type {
  CallbackDefinition,
  OperationCallback,
  OperationDefinition,
} from '../definition/definition.ts'
import { checkCallback, parseAttachment } from './check-callback.ts'
import { defaultsOf, withDefaults } from './defaults.ts'
import { payloadSenderOf } from './payload-sender.ts'

/**
 * Makes a callback one of an operation, with its key checked against the declarations of that.
 *
 * @throws {CoreError} with `expression`, naming operation and callback
 */
export function attachCallback(
  operation: OperationDefinition,
  name: string,
  callback: CallbackDefinition,
): OperationCallback {
  const attachment = parseAttachment(operation, name, callback)
  if (typeof __RINGBACK_CHECKS__ === 'undefined' || __RINGBACK_CHECKS__) checkCallback(attachment)
  const { declarations, template } = attachment
  const defaults = template.parts.flatMap((part) =>
    part.kind === 'expression' ? defaultsOf(part.expression, declarations.request) : [],
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
    ...payloadSenderOf(callback),
    ...(readsResponse && { readsResponse }),
  }
}
