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
export function readsOf({ parts }: Template): Reads {
  const roots = { url: false, method: false, statusCode: false }
  const messages = { request: noReads(), response: noReads() }
  const seen = new Set<string>()
  for (const part of parts) {
    if (part.kind === 'literal') continue
    const { expression } = part
    const id = JSON.stringify(expression)
    if (seen.has(id)) continue
    seen.add(id)

    if (!('source' in expression)) roots[expression.root] = true
    else if (expression.source === 'body')
      messages[expression.root].body.push(expression.pointer ?? [])
    else messages[expression.root][expression.source].push(expression.name)
  }
  return { ...roots, ...messages }
}

function noReads() {
  return {
    path: [] as string[],
    query: [] as string[],
    header: [] as string[],
    body: [] as (readonly string[])[],
  }
}
