import { capture, readsOf } from '@ringback/expression'
import type {
  CallbackDefinition,
  OperationCallback,
  OperationDefinition,
} from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { placeOf } from '../definition/path.ts'
import { checkTemplate } from './check-expressions.ts'
import { declarationsOf } from './declarations.ts'
import { defaultsOf, withDefaults } from './defaults.ts'
import { isNeverUrl } from './never-url.ts'
import { payloadSenderOf } from './payload-sender.ts'

/**
 * Checks the key of a callback against the declarations of an operation, and makes it a callback of that operation.
 *
 * @throws {CoreError} with `expression`, naming operation and callback
 */
export function checkCallback(
  operation: OperationDefinition,
  name: string,
  callback: CallbackDefinition,
): OperationCallback {
  const { inherited } = operation
  const from = Object.hasOwn(inherited, name) ? `, inherited from ${inherited[name]?.from},` : ''
  const declarations = declarationsOf(operation)
  const place = `the callback '${name}'${from} of ${placeOf(operation)}`
  const template = checkTemplate(callback.key, declarations, { place, noun: 'callback' })
  const [start] = template.parts
  // an expression at the start is the whole URL
  const isRefused =
    start?.kind === 'expression'
      ? isNeverUrl(start.expression, declarations)
      : start && !/^https?:\/\//i.test(start.text)
  if (isRefused) {
    const [beginning] = /^\{?[^}]*\}?/.exec(template.source.trim()) ?? []
    const claim =
      start?.kind === 'expression'
        ? `${beginning}, whose value is never a URL`
        : `'${start?.text}', which is no URL`
    throw new CoreError(
      'expression',
      `${place}: its key begins with ${claim}, so that nothing could be sent; begin it with 'https://', or with an expression that gives the URL, such as {$request.body#/callbackUrl}`,
    )
  }
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
