import type { Expression, Message } from './parse.ts'
import type { Template } from './template.ts'

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
 * Lists what a template reads of an exchange, each once: known before there is any request.
 *
 * @example
 * readsOf(parseTemplate('{$request.query.url}/{$request.body#/id}')).request
 * // { path: [], query: ['url'], header: [], body: [['id']] }
 */
export function readsOf(template: Template): Reads {
  const expressions = expressionsOf(template)
  const isRead = (root: Expression['root']) => expressions.some((one) => one.root === root)
  return {
    url: isRead('url'),
    method: isRead('method'),
    statusCode: isRead('statusCode'),
    request: readsOfMessage(expressions, 'request'),
    response: readsOfMessage(expressions, 'response'),
  }
}

function expressionsOf({ parts }: Template): readonly Expression[] {
  const distinct = new Map<string, Expression>()
  for (const part of parts) {
    if (part.kind === 'expression') distinct.set(JSON.stringify(part.expression), part.expression)
  }
  return [...distinct.values()]
}

function readsOfMessage(expressions: readonly Expression[], root: Message): MessageReads {
  const names = { path: [] as string[], query: [] as string[], header: [] as string[] }
  const body: (readonly string[])[] = []
  for (const expression of expressions) {
    if (expression.root !== root || !('source' in expression)) continue
    if (expression.source === 'body') body.push(expression.pointer ?? [])
    else names[expression.source].push(expression.name)
  }
  return { ...names, body }
}
