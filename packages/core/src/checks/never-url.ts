import type { Expression } from '@ringback/expression'
import type { Outline } from '../schemas/outline.ts'
import type { Declarations } from './declarations.ts'

const NO_TEXT = ['number', 'bigint', 'boolean', 'date']

/** Whether the value of an expression is never a URL, such as a number. */
export function isNeverUrl(expression: Expression, declarations: Declarations): boolean {
  if (!('source' in expression)) return expression.root !== 'url'

  const kinds = outlineOf(expression, declarations)?.kinds() ?? []
  // one value of a repeated parameter is text
  const refused = expression.source === 'body' ? [...NO_TEXT, 'array'] : NO_TEXT
  return kinds.length > 0 && kinds.every((kind) => refused.includes(kind))
}

function outlineOf(
  expression: Exclude<Expression, { readonly root: 'url' | 'method' | 'statusCode' }>,
  declarations: Declarations,
): Outline | undefined {
  const { root } = expression
  if (expression.source === 'body') {
    let outline = declarations[root].body
    for (const name of expression.pointer ?? []) outline = outline?.member(name)
    return outline
  }
  const { source, name } = expression
  if (source === 'path') return undefined
  if (source === 'query') return declarations.request.query?.member(name)
  const { header } = declarations[root]
  // the parser has put the name into lower case
  const written = header?.names.find((other) => other.toLowerCase() === name)
  return written === undefined ? undefined : header?.member(written)
}
