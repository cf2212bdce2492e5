import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { placeOf } from '../definition/path.ts'
import type { AnySchema, SchemaIssue } from '../definition/schema.ts'
import { MAX_ISSUES, toProblemIssue } from '../problems/problem-issue.ts'
import { transforms } from '../schemas/transforms.ts'

// loaded with the first response that breaks its declaration

/** A part of a response that has a schema. */
export interface ResponsePart {
  readonly definition: OperationDefinition
  readonly status: number
  readonly part: 'body' | 'headers'
  readonly schema: AnySchema
  readonly value: unknown
}

const WORDS = {
  body: 'a body that breaks its schema',
  headers: 'headers that break their schema',
} as const

/** The error for a broken response; `undefined` if the schema transforms values, and so cannot check its output. */
export function brokenResponse(
  { definition, status, part, schema, value }: ResponsePart,
  issues: readonly SchemaIssue[],
): CoreError | undefined {
  if (transforms(schema)) return undefined
  const faults = issues.slice(0, MAX_ISSUES).map((issue) => {
    const { pointer, detail } = toProblemIssue('body', issue, value)
    return `${pointer || 'the whole value'}: ${detail}`
  })
  return new CoreError(
    'response',
    `${placeOf(definition)} answered ${status} with ${WORDS[part]}: ${faults.join('; ')}`,
  )
}

/** The error for a status that the operation does not declare. */
export function undeclaredResponse(definition: OperationDefinition, status: number): CoreError {
  return new CoreError(
    'response',
    `${placeOf(definition)} answered ${status}, which it does not declare; add .response(${status}, …)`,
  )
}

/** The error for a handler that returned no response. */
export function noResponse(definition: OperationDefinition): CoreError {
  return new CoreError(
    'response',
    `the handler of ${placeOf(definition)} returned no response; return the result of c.json(…), c.body(…) or another method of the context`,
  )
}
