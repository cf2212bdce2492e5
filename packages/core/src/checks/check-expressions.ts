import {
  canonicalize,
  ExpressionError,
  type ExpressionPart,
  parseTemplate,
  type Template,
} from '@ringback/expression'
import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { nearest } from '../definition/nearest.ts'
import { pathParametersOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import { ANY, type Outline, unionOutline } from '../schemas/outline/outline.ts'
import { outlineOf } from '../schemas/outline/outline-of.ts'
import { refuseSecurityKeys, securityKeysOf } from './security-keys.ts'

/** What an operation declares so far, as the expressions of its callbacks and links may read it. */
export interface Declarations {
  readonly path: readonly string[]
  readonly query: Outline | undefined
  readonly header: Outline | undefined
  readonly body: Outline | undefined
  readonly response: Outline | undefined
  readonly responseHeader: Outline | undefined
  readonly keys: ReadonlySet<string>
}

/** Who reads what an operation declares. */
export interface Reader {
  /** As messages name it. */
  readonly place: string
  /** As messages call what is to be declared before it: `the callback that reads it`. */
  readonly what: string
}

/** What an operation declares; of its answers, one, where a status is given. */
export function declarationsOf(operation: OperationDefinition, status?: string): Declarations {
  const { path, request, responses } = operation
  const { query, headers, content = {} } = request
  const selected = Object.entries(responses).flatMap(([key, response]) =>
    status === undefined || key === status ? response : [],
  )
  return {
    path: pathParametersOf(path),
    query: query && outlineOf(query, 'input'),
    header: headers && outlineOf(headers, 'input'),
    body: anyOf(
      Object.values(content).map(({ schema }) => schema),
      'input',
    ),
    response: anyOf(
      selected.map(({ schema }) => schema),
      'output',
    ),
    responseHeader: anyOf(
      selected.map((response) => response.headers),
      'output',
    ),
    keys: securityKeysOf(operation),
  }
}

function anyOf(schemas: readonly (AnySchema | undefined)[], side: 'input' | 'output') {
  const outlines = schemas.flatMap((schema) => (schema ? outlineOf(schema, side) : []))
  return outlines.length > 1 ? unionOutline(outlines) : outlines[0]
}

/**
 * Reads a key, rewrites it into the specification's form, and checks each expression in it against what is
 * declared, with the sentences that the compiler has.
 *
 * @throws {CoreError} with `expression`, naming who reads
 */
export function checkedTemplate(key: string, declarations: Declarations, reader: Reader): Template {
  const template = templateOf(key, declarations, reader.place)
  refuseSecurityKeys(template, declarations.keys, reader.place)
  for (const part of template.parts) {
    if (part.kind !== 'expression') continue
    const problem = problemOf(part, declarations, reader)
    if (problem !== undefined) throw new CoreError('expression', `${reader.place}: ${problem}`)
  }
  return template
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
function problemOf(
  { expression }: ExpressionPart,
  declarations: Declarations,
  { what }: Reader,
): string | undefined {
  if (!('source' in expression)) return undefined
  const { root, source } = expression
  const isRequest = root === 'request'
  if (source === 'body') {
    const pointer = expression.pointer ?? []
    return isRequest
      ? pointerProblem(declarations.body, pointer, [
          `declare the body before ${what}`,
          'the request body has no',
        ])
      : pointerProblem(declarations.response, pointer, [
          `declare the response before ${what}`,
          'no declared response has',
        ])
  }

  const { name } = expression
  if (source === 'path') {
    return isRequest ? nameProblem(name, declarations.path, 'path parameter') : undefined
  }
  if (source === 'query' && !isRequest) return undefined
  const outline = isRequest ? declarations[source] : declarations.responseHeader
  if (outline === undefined) {
    const many = what.replace(/ it$/, ' them')
    if (!isRequest) return `declare the response's headers before ${many}`
    return source === 'query'
      ? `declare the query before ${what}`
      : `declare the headers before ${many}`
  }
  if (outline === ANY) return undefined
  const names = outline.names
  const isHeader = source === 'header'
  const found = isHeader
    ? names.some((other) => other.toLowerCase() === name)
    : outline.member(name)
  if (found) return undefined
  const kind = isRequest ? 'header' : 'response header'
  return nameProblem(name, names, isHeader ? kind : 'query parameter')
}

function nameProblem(name: string, names: readonly string[], what: string): string | undefined {
  if (names.includes(name)) return undefined
  const near = nearest(name, names)
  return `${what} '${name}' is not declared${near === undefined ? '' : `; did you mean '${near}'?`}`
}

function pointerProblem(
  body: Outline | undefined,
  pointer: readonly string[],
  [absent, lacks]: readonly [absent: string, lacks: string],
): string | undefined {
  if (body === undefined) return absent
  let outline: Outline = body
  for (const [index, name] of pointer.entries()) {
    const member = outline.member(name)
    if (member === undefined) {
      const near = nearest(name, outline.names)
      const meant = near === undefined ? undefined : pointer.with(index, near)
      return `${lacks} '${write(pointer)}'${meant ? `; did you mean '${write(meant)}'?` : ''}`
    }
    outline = member
  }
  return undefined
}

function write(pointer: readonly string[]): string {
  return pointer.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
