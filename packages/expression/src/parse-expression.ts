import { ExpressionError } from './errors.ts'
import { formatPointer, parsePointer } from './pointer.ts'
import { syntaxHint } from './syntax-hint.ts'

export type Message = 'request' | 'response'

/** A parsed runtime expression: the exchange's URL, method or status, or a part of one message. */
export type Expression =
  | { readonly root: 'url' | 'method' | 'statusCode' }
  | NamedExpression
  | BodyExpression

/** What any expression may have, for who reads it without telling the kinds apart. */
export interface ExpressionParts {
  readonly root: Expression['root']
  readonly source?: 'header' | 'query' | 'path' | 'body'
  readonly name?: string
  readonly pointer?: readonly string[] | null
}

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

// only the head is matched, so the time is linear however long the rest is
const HEAD =
  /^\$(?:(url|method|statuscode)$|(request|response)\.(?:(header|query|path)\.|body(#|$)))/
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
  // the groups are the unions' literals, so the casts hold
  const [head = '', root, message, part, hash] = HEAD.exec(source.toLowerCase()) ?? []
  if (root) return { root: root.replace('c', 'C') } as Expression

  const rest = source.slice(head.length)
  const value = part ? parseName(part, rest) : hash ? parsePointer(rest) : null
  if (message && value !== undefined) {
    return {
      root: message,
      source: part ?? 'body',
      [part ? 'name' : 'pointer']: value,
    } as unknown as Expression
  }
  // the hint quotes it, and is to stay short
  throw new ExpressionError('syntax', source, syntaxHint(source.slice(0, 200)))
}

/** Writes an expression in the specification's spelling, the reverse of {@link parseExpression}. */
export function formatExpression({ root, source, name, pointer }: ExpressionParts): string {
  if (!source) return `$${root}`

  const head = `$${root}.${source}`
  // a header's name has nothing that a JSON string escapes
  if (name !== undefined) return `${head}.${JSON.stringify(name).slice(1, -1)}`
  return pointer ? `${head}#${formatPointer(pointer)}` : head
}

function parseName(part: string, name: string): string | undefined {
  if (part === 'header') return TOKEN.test(name) ? name.toLowerCase() : undefined

  try {
    // the grammar's name is the inside of a JSON string, escapes included
    return JSON.parse(`"${name}"`) as string
  } catch {
    return undefined
  }
}
