import { ExpressionError } from './errors.ts'
import { formatPointer, parsePointer } from './pointer.ts'
import { syntaxHint } from './syntax-hint.ts'

export type Message = 'request' | 'response'

/** A parsed runtime expression: the exchange's URL, method or status, or a part of one message. */
export type Expression =
  | { readonly root: 'url' | 'method' | 'statusCode' }
  | NamedExpression
  | BodyExpression

/** A header, with its name in lower case, or a query or path parameter. */
export interface NamedExpression {
  readonly root: Message
  readonly source: 'header' | 'query' | 'path'
  readonly name: string
}

/** A message's body: `null` without `#`, `[]` for the whole document, else unescaped names. */
export interface BodyExpression {
  readonly root: Message
  readonly source: 'body'
  readonly pointer: readonly string[] | null
}

const ROOTS = new Map<string, 'url' | 'method' | 'statusCode'>([
  ['$url', 'url'],
  ['$method', 'method'],
  ['$statuscode', 'statusCode'],
])
// only the heads are matched, so the time is linear however long the rest is
const NAMED = /^\$(request|response)\.(header|query|path)\./i
const BODY = /^\$(request|response)\.body(#|$)/i
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/

/**
 * Parses one OpenAPI runtime expression, given without its braces.
 *
 * @example
 * parseExpression('$request.body#/callbackUrl')
 * // { root: 'request', source: 'body', pointer: ['callbackUrl'] }
 *
 * @throws {ExpressionError} with `syntax`
 * @see https://spec.openapis.org/oas/v3.2.0.html#runtime-expressions
 */
export function parseExpression(source: string): Expression {
  const root = ROOTS.get(source.toLowerCase())
  if (root) return { root }

  // the groups are the unions' literals in any case, so the casts hold
  const named = NAMED.exec(source)
  if (named) {
    const part = named[2]?.toLowerCase() as NamedExpression['source']
    const name = parseName(part, source.slice(named[0].length))
    if (name !== undefined) return { root: messageOf(named), source: part, name }
  }

  const body = BODY.exec(source)
  if (body) {
    const pointer = body[2] === '#' ? parsePointer(source.slice(body[0].length)) : null
    if (pointer !== undefined) return { root: messageOf(body), source: 'body', pointer }
  }

  throw new ExpressionError('syntax', source, syntaxHint(source))
}

/** Writes an expression in the specification's spelling, the reverse of {@link parseExpression}. */
export function formatExpression(expression: Expression): string {
  if (!('source' in expression)) return `$${expression.root}`

  const head = `$${expression.root}.${expression.source}`
  if (expression.source !== 'body') return `${head}.${formatName(expression)}`
  return expression.pointer ? `${head}#${formatPointer(expression.pointer)}` : head
}

function messageOf(match: RegExpExecArray): Message {
  return match[1]?.toLowerCase() as Message
}

function parseName(part: NamedExpression['source'], name: string): string | undefined {
  if (part === 'header') return TOKEN.test(name) ? name.toLowerCase() : undefined

  try {
    // the grammar's name is the inside of a JSON string, escapes included
    return JSON.parse(`"${name}"`) as string
  } catch {
    return undefined
  }
}

function formatName({ source, name }: NamedExpression): string {
  return source === 'header' ? name : JSON.stringify(name).slice(1, -1)
}
