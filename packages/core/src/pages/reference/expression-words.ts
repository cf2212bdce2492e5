import { type Expression, parseExpression } from '@ringback/expression'
import type { JsonSchema, ParameterObject } from '../../definition/openapi-message-types.ts'
import type { OpenApiDocument, OperationObject } from '../../definition/openapi-types.ts'
import { code } from './markdown.ts'
import { resolved } from './resolved.ts'

const MEDIA_TYPE = 'application/json'
const ROOTS = {
  url: 'the URL of the request',
  method: 'the method of the request',
  statusCode: 'the status of the response',
} as const
const PARTS = { query: 'query parameter', path: 'path parameter', header: 'header' } as const

/** Says in Markdown what each runtime expression of some callbacks' keys reads, and what comes of it when it is not there. */
export function expressionWords(
  document: OpenApiDocument,
  keys: readonly string[],
  operation: OperationObject,
): string[] {
  const sources = new Set(keys.flatMap((key) => key.match(/(?<=\{)[^{}]+(?=\})/g) ?? []))
  return [...sources].flatMap((source) => {
    const expression = parsed(source)
    if (expression === undefined) return []
    const end = isOptional(document, expression, operation)
      ? '; without it, nothing is sent there'
      : ''
    return `${code(`{${source}}`)} is ${words(expression)}${end}`
  })
}

/** A key that was written by hand, into what `extend` merges, may have none that we would evaluate. */
function parsed(source: string): Expression | undefined {
  try {
    return parseExpression(source)
  } catch {
    return undefined
  }
}

function words(expression: Expression): string {
  if (!('source' in expression)) return ROOTS[expression.root]
  const { root, source } = expression
  if (source !== 'body') return `the ${PARTS[source]} ${code(expression.name)} of the ${root}`
  const { pointer } = expression
  if (pointer === null || pointer.length === 0) return `the body of the ${root}`
  return `${code(pointer.join('.'))} in the body of the ${root}`
}

/** Whether a request may leave it out, as far as its declaration says so in plain words. */
function isOptional(
  document: OpenApiDocument,
  expression: Expression,
  { parameters = [], requestBody }: OperationObject,
): boolean {
  if (!('source' in expression) || expression.root === 'response') return false
  if (expression.source === 'body') {
    const schema = requestBody?.content[MEDIA_TYPE]?.schema
    return requestBody?.required === false || isMissable(document, schema, expression.pointer ?? [])
  }
  const { source, name } = expression
  const parameter = parameters
    .map((one) => resolved<ParameterObject>(document, one))
    .find((one) => one.in === source && nameIn(source, one.name) === nameIn(source, name))
  if (parameter === undefined) return false
  return parameter.required !== true && parameter.schema?.default === undefined
}

function nameIn(source: string, name: string): string {
  return source === 'header' ? name.toLowerCase() : name
}

/** Of a member of a union it is not said. */
function isMissable(
  document: OpenApiDocument,
  schema: JsonSchema | undefined,
  [name, ...rest]: readonly string[],
): boolean {
  if (name === undefined || schema === undefined) return false
  const { properties, required } = resolved<JsonSchema>(document, schema)
  const member = (properties as Readonly<Record<string, JsonSchema>> | undefined)?.[name]
  if (member === undefined) return false
  const isRequired = Array.isArray(required) && required.includes(name)
  if (!isRequired && resolved<JsonSchema>(document, member).default === undefined) return true
  return isMissable(document, member, rest)
}
