import { type Declared, isDeclared } from './declared.ts'
import type { Exchange, HeaderFields } from './exchange.ts'
import type { Refusal } from './failure.ts'
import { headerLines } from './header.ts'
import type { Expression, NamedExpression } from './parse.ts'
import { resolvePointer } from './pointer.ts'
import { queryValues } from './query.ts'

/** A value of an exchange. `isRepeated`: it came in several parts, so that it names no one thing. */
export interface Reading {
  readonly value: unknown
  readonly isRepeated?: true
}

const MISSING: Refusal = { code: 'missing' }
const UNDECLARED: Refusal = { code: 'undeclared' }
const MULTI_VALUE: Refusal = { code: 'multi-value' }

/** Reads what an expression names, or says why it cannot. */
export function read(
  expression: Expression,
  exchange: Exchange,
  declared?: Declared,
): Reading | Refusal {
  if (declared && !isDeclared(expression, declared)) return UNDECLARED

  const { request, response } = exchange
  switch (expression.root) {
    case 'url':
      return found(request.url)
    case 'method':
      return found(request.method)
    case 'statusCode':
      return found(response?.status)
  }

  const message = exchange[expression.root]
  if (!message) return MISSING
  if (expression.source === 'body') {
    return found(resolvePointer(message.body, expression.pointer ?? []))
  }
  if (expression.source === 'header') return readHeader(message.headers, expression.name)
  // the grammar allows both, but a response has neither path nor query
  return expression.root === 'request' ? readParameter(expression, exchange) : MISSING
}

function readHeader(headers: HeaderFields, name: string): Reading | Refusal {
  const lines = headerLines(headers, name)
  if (lines.length < 2) return found(lines[0])
  // lines of any other field are one comma-separated list (RFC 9110, 5.3)
  return name === 'set-cookie' ? MULTI_VALUE : { value: lines.join(', '), isRepeated: true }
}

function readParameter(
  { source, name }: NamedExpression,
  { request }: Exchange,
): Reading | Refusal {
  if (source === 'path') {
    return Object.hasOwn(request.pathParams, name) ? found(request.pathParams[name]) : MISSING
  }

  const values = queryValues(request.url, name)
  return values.length > 1 ? { value: values, isRepeated: true } : found(values[0])
}

function found(value: unknown): Reading | Refusal {
  return value === undefined ? MISSING : { value }
}
