import type { Template } from '@ringback/expression'
import type { CallbackDefinition, OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { placeOf } from '../definition/path.ts'
import { checkTemplate } from './check-expressions.ts'
import { type Declarations, declarationsOf } from './declarations.ts'
import { isNeverUrl } from './never-url.ts'
import { parseKey } from './parse-key.ts'

/** A callback that an operation has, with what its key may read. */
export interface Attachment {
  readonly declarations: Declarations
  readonly template: Template
  /** Its name in messages. */
  readonly place: string
}

/**
 * Parses the key of a callback for an operation.
 *
 * @throws {CoreError} with `expression`, naming operation and callback
 */
export function parseAttachment(
  operation: OperationDefinition,
  name: string,
  callback: CallbackDefinition,
): Attachment {
  const { inherited } = operation
  const from = Object.hasOwn(inherited, name) ? `, inherited from ${inherited[name]?.from},` : ''
  const declarations = declarationsOf(operation)
  const place = `the callback '${name}'${from} of ${placeOf(operation)}`
  return { declarations, place, template: parseKey(callback.key, declarations, place) }
}

/**
 * Checks the key of a callback against the declarations of an operation.
 *
 * @throws {CoreError} with `expression`, naming operation and callback
 */
export function checkCallback({ declarations, template, place }: Attachment): void {
  checkTemplate(template, declarations, { place, noun: 'callback' })
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
}
