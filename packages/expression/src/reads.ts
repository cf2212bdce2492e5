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
  const reads = {
    ...{ url: false, method: false, statusCode: false },
    request: noReads(),
    response: noReads(),
  }
  const expressions = parts.flatMap((part) => (part.kind === 'literal' ? [] : part.expression))
  // by their text, so that each is listed once
  for (const one of new Map(expressions.map((one) => [JSON.stringify(one), one])).values()) {
    if (!('source' in one)) reads[one.root] = true
    else if (one.source === 'body') reads[one.root].body.push(one.pointer ?? [])
    else reads[one.root][one.source].push(one.name)
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
