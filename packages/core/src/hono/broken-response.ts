import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { placeOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import { MAX_ISSUES, toProblemIssue } from '../problems/problem-issue.ts'
import { transforms } from '../schemas/transforms.ts'

// loaded only once an answer is broken

/** A part of an answer that has a schema. */
export interface ResponsePart {
  readonly definition: OperationDefinition
  readonly status: number
  readonly what: 'body' | 'headers'
  readonly schema: AnySchema
  readonly value: unknown
}

const WORDS = {
  body: 'a body that breaks its schema',
  headers: 'headers that break their schema',
} as const

/** What is wrong with an answer; `undefined` where the schema changes what it validates, and so cannot know. */
export function brokenResponse(
  { definition, status, what, schema, value }: ResponsePart,
  issues: readonly StandardSchemaV1.Issue[],
): CoreError | undefined {
  if (transforms(schema)) return undefined
  const where = issues.slice(0, MAX_ISSUES).map((issue) => {
    const { pointer, detail } = toProblemIssue('body', issue, value)
    return `${pointer || 'the whole'}: ${detail}`
  })
  return new CoreError(
    'response',
    `${placeOf(definition)} answered ${status} with ${WORDS[what]}: ${where.join('; ')}`,
  )
}

/** That there is no such answer. */
export function undeclaredResponse(definition: OperationDefinition, status: number): CoreError {
  return new CoreError(
    'response',
    `${placeOf(definition)} answered ${status}, which it does not declare; add .response(${status}, …)`,
  )
}
