import { type Expression, formatExpression } from './parse-expression.ts'
import type { Template } from './parse-template.ts'

/** The parts of one message that are read. Header names are in lower case. */
export interface MessageReads {
  readonly path: readonly string[]
  readonly query: readonly string[]
  readonly header: readonly string[]
  /** JSON Pointers with unescaped names; `[]` is the whole body. */
  readonly body: readonly (readonly string[])[]
}

/** The parts of an exchange that are read. */
export interface Reads {
  readonly url: boolean
  readonly method: boolean
  readonly statusCode: boolean
  readonly request: MessageReads
  readonly response: MessageReads
}

/**
 * Lists the parts of an exchange that a template reads, each once. No request is needed to know them.
 *
 * @example
 * readsOf(parseTemplate('{$request.query.url}/{$request.body#/id}')).request
 * // { path: [], query: ['url'], header: [], body: [['id']] }
 */
export function readsOf({ parts }: Template): Reads {
  const reads = {
    url: false,
    method: false,
    statusCode: false,
    request: noReads(),
    response: noReads(),
  }
  // by their text, so that each is listed once
  const expressions = new Map<string, Expression>()
  for (const part of parts) {
    if (part.kind === 'literal') continue
    expressions.set(formatExpression(part.expression), part.expression)
  }
  for (const expression of expressions.values()) {
    if (!('source' in expression)) reads[expression.root] = true
    else if (expression.source === 'body')
      reads[expression.root].body.push(expression.pointer ?? [])
    else reads[expression.root][expression.source].push(expression.name)
  }
  return reads
}

interface Lists {
  readonly path: string[]
  readonly query: string[]
  readonly header: string[]
  readonly body: (readonly string[])[]
}

function noReads(): Lists {
  return { path: [], query: [], header: [], body: [] }
}
