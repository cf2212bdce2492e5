import type {
  JsonSchema,
  OpenApiDocument,
  OperationObject,
  ParameterObject,
} from '@ringback/core/internal'
import { resolveReference } from '@ringback/core/internal'
import { type Expression, parseExpression } from '@ringback/expression'
import { formatCode } from './markdown.ts'

const MEDIA_TYPE = 'application/json'
const ROOTS = {
  url: 'the URL of the request',
  method: 'the method of the request',
  statusCode: 'the status of the response',
} as const
const PARTS = { query: 'query parameter', path: 'path parameter', header: 'header' } as const

/**
 * Describes in Markdown each runtime expression in a callback's key: the value it reads, and whether it may be missing
 * in each of the operations that have the callback.
 */
export function describeExpressions(
  document: OpenApiDocument,
  key: string,
  operations: readonly OperationObject[],
): string[] {
  const sources = new Set(key.match(/(?<=\{)[^{}]+(?=\})/g) ?? [])
  return [...sources].flatMap((source) => {
    const expression = parseIfValid(source)
    if (expression === undefined) return []
    const end = operations.every((one) => isOptional(document, expression, one))
      ? '; without it, nothing is sent there'
      : ''
    return `${formatCode(`{${source}}`)} is ${describeExpression(expression)}${end}`
  })
}

/** Parses an expression; a key that `extend` merged in may hold an invalid one. */
function parseIfValid(source: string): Expression | undefined {
  try {
    return parseExpression(source)
  } catch {
    return undefined
  }
}

function describeExpression(expression: Expression): string {
  if (!('source' in expression)) return ROOTS[expression.root]
  const { root, source } = expression
  if (source !== 'body') return `the ${PARTS[source]} ${formatCode(expression.name)} of the ${root}`
  const { pointer } = expression
  if (pointer === null || pointer.length === 0) return `the body of the ${root}`
  return `${formatCode(pointer.join('.'))} in the body of the ${root}`
}

/** Whether a request may leave the value out; `false` where its declaration is not plain enough to tell. */
function isOptional(
  document: OpenApiDocument,
  expression: Expression,
  { parameters = [], requestBody }: OperationObject,
): boolean {
  if (!('source' in expression) || expression.root === 'response') return false
  if (expression.source === 'body') {
    const schema = requestBody?.content[MEDIA_TYPE]?.schema
    return (
      requestBody?.required === false || mayLackMember(document, schema, expression.pointer ?? [])
    )
  }
  const { source, name } = expression
  const parameter = parameters
    .map((one) => resolveReference<ParameterObject>(document, one))
    .find(
      (one) => one.in === source && normalizeName(source, one.name) === normalizeName(source, name),
    )
  if (parameter === undefined) return false
  return parameter.required !== true && parameter.schema?.default === undefined
}

function normalizeName(source: string, name: string): string {
  return source === 'header' ? name.toLowerCase() : name
}

/** Whether a body may leave a member out; `false` for a member of a union. */
function mayLackMember(
  document: OpenApiDocument,
  schema: JsonSchema | undefined,
  [name, ...rest]: readonly string[],
): boolean {
  if (name === undefined || schema === undefined) return false
  const { properties, required } = resolveReference<JsonSchema>(document, schema)
  if (typeof properties !== 'object' || properties === null) return false
  if (!Object.hasOwn(properties, name)) return false
  // a schema's properties are schemas
  const member = (properties as Readonly<Record<string, JsonSchema>>)[name] ?? {}
  const isRequired = Array.isArray(required) && required.includes(name)
  if (!isRequired && resolveReference<JsonSchema>(document, member).default === undefined)
    return true
  return mayLackMember(document, member, rest)
}
