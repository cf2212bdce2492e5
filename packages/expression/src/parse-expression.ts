import { ExpressionError } from './errors.ts'
import { formatPointer, parsePointer } from './pointer.ts'
import { describeSyntaxProblem } from './syntax-problem.ts'

/** The message of an exchange that an expression reads. */
export type ExchangeMessage = 'request' | 'response'

/** A parsed runtime expression: the exchange's URL, method or status, or a part of one message. */
export type Expression =
  | { readonly root: 'url' | 'method' | 'statusCode' }
  | NamedExpression
  | BodyExpression

/** A header, with its name in lower case, or a query or path parameter. */
export interface NamedExpression {
  readonly root: ExchangeMessage
  readonly source: 'header' | 'query' | 'path'
  readonly name: string
}

/** A message's body: `null` without `#`, `[]` for the whole document, else unescaped names. */
export interface BodyExpression {
  readonly root: ExchangeMessage
  readonly source: 'body'
  readonly pointer: readonly string[] | null
}

/** The sources of named values, in the order in which `canonicalize` looks a name up. */
export const NAMED_SOURCES = ['path', 'query', 'header'] as const

const WHOLE_ROOTS = ['url', 'method', 'statusCode'] as const
// only the head is matched, so the time is linear in the length of the rest
const HEAD = /^\$(request|response)\.(?:(header|query|path)\.|body(#|$))/
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
  const lowerCase = source.toLowerCase()
  const whole = WHOLE_ROOTS.find((root) => lowerCase === `$${root.toLowerCase()}`)
  if (whole) return { root: whole }

  const [head, message, part, hash] = HEAD.exec(lowerCase) ?? []
  if (head) {
    const root = message === 'request' ? 'request' : 'response'
    const rest = source.slice(head.length)
    const named = NAMED_SOURCES.find((one) => one === part)
    const name = named && parseName(named, rest)
    if (named && name !== undefined) return { root, source: named, name }
    const pointer = hash ? parsePointer(rest) : null
    if (!named && pointer !== undefined) return { root, source: 'body', pointer }
  }
  throw new ExpressionError('syntax', source, describeSyntaxProblem(source))
}

/** Writes an expression in the specification's spelling, the reverse of {@link parseExpression}. */
export function formatExpression(expression: Expression): string {
  if (!('source' in expression)) return `$${expression.root}`

  const head = `$${expression.root}.${expression.source}`
  if (expression.source === 'body') {
    return expression.pointer ? `${head}#${formatPointer(expression.pointer)}` : head
  }
  // a header's name has nothing that a JSON string escapes
  return `${head}.${JSON.stringify(expression.name).slice(1, -1)}`
}

function parseName(source: NamedExpression['source'], text: string): string | undefined {
  if (source === 'header') return TOKEN.test(text) ? text.toLowerCase() : undefined

  try {
    // the grammar's name is the inside of a JSON string, escapes included
    const name: unknown = JSON.parse(`"${text}"`)
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}
