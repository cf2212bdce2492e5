import type { ExpressionParts, Message } from './parse-expression.ts'
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
 * Lists what a template reads of an exchange, each once: known before there is any request.
 *
 * @example
 * readsOf(parseTemplate('{$request.query.url}/{$request.body#/id}')).request
 * // { path: [], query: ['url'], header: [], body: [['id']] }
 */
export function readsOf({ parts }: Template): Reads {
  const reads = {
    ...{ url: false, method: false, statusCode: false },
    request: noReads(),
    response: noReads(),
  }
  // by their text, so that each is listed once
  const texts = parts.flatMap((part) =>
    'expression' in part ? JSON.stringify(part.expression) : [],
  )
  for (const text of new Set(texts)) {
    const { root, source, name, pointer }: ExpressionParts = JSON.parse(text)
    // a name or a pointer, each into the list of its own kind
    if (source) (reads[root as Message][source] as unknown[]).push(name ?? pointer ?? [])
    else reads[root as 'url'] = true
  }
  return reads
}

function noReads() {
  return {
    path: [] as string[],
    query: [] as string[],
    header: [] as string[],
    body: [] as (readonly string[])[],
  }
}
