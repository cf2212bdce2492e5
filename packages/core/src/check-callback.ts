import {
  canonicalize,
  capture,
  ExpressionError,
  type ExpressionPart,
  parseTemplate,
  readsOf,
  type Template,
} from '@ringback/expression'
import { defaultsOf, withDefaults } from './defaults.ts'
import type { CallbackDefinition, OperationCallback, OperationDefinition } from './definition.ts'
import { CoreError } from './errors.ts'
import { nearest } from './nearest.ts'
import { ANY, type Outline, unionOutline } from './outline/outline.ts'
import { outlineOf } from './outline/outline-of.ts'
import { pathParametersOf } from './path.ts'

/** What an operation declares so far, as its callbacks' expressions may read it. */
interface Declarations {
  readonly path: readonly string[]
  readonly query: Outline | undefined
  readonly header: Outline | undefined
  readonly body: Outline | undefined
  readonly response: Outline | undefined
}

/**
 * Makes a callback one of an operation: rewrites its key into the specification's form, and checks each
 * expression against what the operation declares before it, with the sentences that the compiler has.
 *
 * @throws {CoreError} with `expression`, naming operation and callback
 */
export function checkCallback(
  operation: OperationDefinition,
  name: string,
  callback: CallbackDefinition,
): OperationCallback {
  const place = `the callback '${name}' of ${operation.method.toUpperCase()} ${operation.path}`
  const declarations = declarationsOf(operation)
  const template = templateOf(callback.key, declarations, place)
  for (const part of template.parts) {
    const problem = part.kind === 'expression' ? problemOf(part, declarations) : undefined
    if (problem !== undefined) throw new CoreError('expression', `${place}: ${problem}`)
  }
  const defaults = template.parts.flatMap((part) =>
    part.kind === 'expression' ? defaultsOf(part.expression, declarations) : [],
  )
  const reads = readsOf(template)
  return {
    ...callback,
    template,
    capture: (exchange) => capture(withDefaults(exchange, defaults), reads),
  }
}

function declarationsOf({ path, request, responses }: OperationDefinition): Declarations {
  const { query, headers, body } = request
  const answers = Object.values(responses).flatMap(({ schema }) =>
    schema ? outlineOf(schema, 'output') : [],
  )
  return {
    path: pathParametersOf(path),
    query: query && outlineOf(query, 'input'),
    header: headers && outlineOf(headers, 'input'),
    body: body && outlineOf(body, 'input'),
    response: answers.length > 0 ? unionOutline(answers) : undefined,
  }
}

function templateOf(key: string, declarations: Declarations, place: string): Template {
  const { path, query, header } = declarations
  try {
    const declared = { path, query: query?.names ?? [], header: header?.names ?? [] }
    return parseTemplate(canonicalize(key, declared))
  } catch (cause) {
    if (!(cause instanceof ExpressionError)) throw cause
    const sentence =
      cause.code === 'undeclared'
        ? shorthandProblem(cause.expression.slice(1), declarations)
        : cause.message
    throw new CoreError('expression', `${place}: ${sentence}`, { cause })
  }
}

/** FastAPI's `$name`, where no parameter has the name. */
function shorthandProblem(name: string, { path, query, header }: Declarations): string {
  const near = nearest(name, [...path, ...(query?.names ?? []), ...(header?.names ?? [])])
  return `no parameter '${name}' is declared${near === undefined ? '' : `; did you mean '${near}'?`}`
}

/** What is wrong with an expression, in the words of the compiler's check. */
function problemOf({ expression }: ExpressionPart, declarations: Declarations): string | undefined {
  if (!('source' in expression)) return undefined
  const { root, source } = expression
  if (source === 'body') {
    const pointer = expression.pointer ?? []
    return root === 'request'
      ? pointerProblem(declarations.body, pointer, REQUEST_BODY)
      : pointerProblem(declarations.response, pointer, RESPONSE_BODY)
  }
  if (root === 'response') return undefined // headers of answers cannot be declared yet

  const { name } = expression
  if (source === 'path') return nameProblem(name, declarations.path, 'path parameter')
  const outline = declarations[source]
  if (outline === undefined) return TOO_LATE[source]
  if (outline === ANY) return undefined
  const names = outline.names
  const isHeader = source === 'header'
  const found = isHeader
    ? names.some((other) => other.toLowerCase() === name)
    : outline.member(name)
  return found ? undefined : nameProblem(name, names, isHeader ? 'header' : 'query parameter')
}

const TOO_LATE = {
  query: 'declare the query before the callback that reads it',
  header: 'declare the headers before the callback that reads them',
}

const REQUEST_BODY = {
  absent: 'declare the body before the callback that reads it',
  lacks: 'the request body has no',
}

const RESPONSE_BODY = {
  absent: 'declare the response before the callback that reads it',
  lacks: 'no declared response has',
}

function nameProblem(name: string, names: readonly string[], what: string): string | undefined {
  if (names.includes(name)) return undefined
  const near = nearest(name, names)
  return `${what} '${name}' is not declared${near === undefined ? '' : `; did you mean '${near}'?`}`
}

function pointerProblem(
  body: Outline | undefined,
  pointer: readonly string[],
  words: typeof REQUEST_BODY,
): string | undefined {
  if (body === undefined) return words.absent
  let outline: Outline = body
  for (const [index, name] of pointer.entries()) {
    const member = outline.member(name)
    if (member === undefined) {
      const near = nearest(name, outline.names)
      const meant = near === undefined ? undefined : pointer.with(index, near)
      return `${words.lacks} '${write(pointer)}'${meant ? `; did you mean '${write(meant)}'?` : ''}`
    }
    outline = member
  }
  return undefined
}

function write(pointer: readonly string[]): string {
  return pointer.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
