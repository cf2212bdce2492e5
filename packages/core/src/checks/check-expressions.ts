import type { Expression, Template } from '@ringback/expression'
import { CoreError } from '../definition/errors.ts'
import { escapeSegment } from '../definition/json-pointer.ts'
import { nearest, suggestNearest } from '../definition/nearest.ts'
import { ANY, type Outline } from '../schemas/outline.ts'
import type { Declarations } from './declarations.ts'
import { refuseSecurityKeys } from './security-keys.ts'

/** The callback or link whose expressions are checked. */
export interface Reader {
  /** Its name in messages: `the callback 'paid' of POST /orders`. */
  readonly place: string
  readonly noun: 'callback' | 'link'
}

/**
 * Checks that each expression of a template reads something declared. The messages are those of the compiler's check
 * (`check-types.ts`).
 *
 * @throws {CoreError} with `expression`, naming the reader
 */
export function checkTemplate(
  template: Template,
  declarations: Declarations,
  reader: Reader,
): void {
  refuseSecurityKeys(template, declarations.securityKeys, reader.place)
  for (const part of template.parts) {
    if (part.kind !== 'expression') continue
    const problem = problemOf(part.expression, declarations, reader.noun)
    if (problem !== undefined) throw new CoreError('expression', `${reader.place}: ${problem}`)
  }
}

const WORDS = {
  request: {
    body: 'the body',
    lacks: 'the request body has no',
    headers: 'the headers',
    header: 'header',
    // OpenAPI ignores declarations of these, so nobody can make them
    undeclarable: ['accept', 'content-type'],
  },
  response: {
    body: 'the response',
    lacks: 'no declared response has',
    headers: "the response's headers",
    header: 'response header',
    undeclarable: ['content-type'],
  },
}

/** The problem of an expression as one sentence, worded as the compiler's check does. */
function problemOf(
  expression: Expression,
  declarations: Declarations,
  noun: Reader['noun'],
): string | undefined {
  if (!('source' in expression)) return undefined
  const { header, body } = declarations[expression.root]
  const words = WORDS[expression.root]
  if (expression.source === 'body') {
    return body
      ? pointerProblem(body, expression.pointer ?? [], words.lacks)
      : `declare ${words.body} before the ${noun} that reads it`
  }

  const { name } = expression
  if (expression.source === 'header') {
    if (words.undeclarable.includes(name)) return undefined
    if (!header) return `declare ${words.headers} before the ${noun} that reads them`
    // the parser has put the name into lower case
    const isDeclared = header.names.some((other) => other.toLowerCase() === name)
    return isDeclared || header === ANY ? undefined : nameProblem(words.header, name, header.names)
  }

  // legal in the grammar, but always missing
  if (expression.root === 'response') return undefined
  const { path, query } = declarations.request
  if (expression.source === 'path') {
    return path.includes(name) ? undefined : nameProblem('path parameter', name, path)
  }
  if (!query) return `declare the query before the ${noun} that reads it`
  return query.member(name) ? undefined : nameProblem('query parameter', name, query.names)
}

function nameProblem(kind: string, name: string, names: readonly string[]): string {
  return `${kind} '${name}' is not declared${suggestNearest(name, names)}`
}

function pointerProblem(
  body: Outline,
  pointer: readonly string[],
  lacks: string,
): string | undefined {
  let outline = body
  for (const [index, name] of pointer.entries()) {
    const member = outline.member(name)
    if (member === undefined) {
      const near = nearest(name, outline.names)
      const hint =
        near === undefined ? '' : `; did you mean '${formatPointer(pointer.with(index, near))}'?`
      return `${lacks} '${formatPointer(pointer)}'${hint}`
    }
    outline = member
  }
  return undefined
}

function formatPointer(pointer: readonly string[]): string {
  return pointer.map((name) => `/${escapeSegment(name)}`).join('')
}
