import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Context, ValidationTargets } from 'hono'
import type { RequestSchemas } from '../definition.ts'
import type { ValidatedPart } from '../delivery.ts'
import { type ProblemIssue, problem } from '../problem.ts'
import { toProblemIssue } from '../problem-issue.ts'
import type { AnySchema } from '../schema.ts'
import { readJsonBody } from './body.ts'

/** A request that passed its schemas, with its body as it was sent; or the problem to answer. */
export type ReadRequest =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly response: Response }

interface Part {
  readonly name: ValidatedPart
  readonly target: keyof ValidationTargets
  readonly schema: AnySchema
  readonly value: unknown
}

/**
 * Reads and validates what is declared, and nothing else: `c.req.valid(…)` then gives it.
 * The issues of all parts are answered together.
 */
export async function readRequest(
  c: Context,
  schemas: RequestSchemas,
  bodyLimit: number,
): Promise<ReadRequest> {
  let body: unknown
  if (schemas.body) {
    const read = await readJsonBody(c, bodyLimit)
    if (!read.ok) return read
    body = read.value
  }

  const errors: ProblemIssue[] = []
  for (const part of partsOf(c, schemas, body)) {
    const checking = part.schema['~standard'].validate(part.value)
    const result = checking instanceof Promise ? await checking : checking
    if (result.issues) errors.push(...problemIssues(part, result.issues))
    else c.req.addValidatedData(part.target, result.value as object)
  }
  if (errors.length > 0) {
    return { ok: false, response: problem(422, { detail: 'the request is not valid', errors }) }
  }
  return { ok: true, body }
}

function partsOf(c: Context, schemas: RequestSchemas, body: unknown): Part[] {
  const { params, query, headers, body: bodySchema } = schemas
  const parts: Part[] = []
  if (params) parts.push({ name: 'path', target: 'param', schema: params, value: c.req.param() })
  if (query) parts.push({ name: 'query', target: 'query', schema: query, value: queryOf(c) })
  if (headers) {
    parts.push({ name: 'header', target: 'header', schema: headers, value: c.req.header() })
  }
  if (bodySchema) parts.push({ name: 'body', target: 'json', schema: bodySchema, value: body })
  return parts
}

/** One value is a string, several are an array. */
function queryOf(c: Context): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => {
      const [first = '', ...more] = values
      return [name, more.length === 0 ? first : values]
    }),
  )
}

function problemIssues(part: Part, issues: readonly StandardSchemaV1.Issue[]): ProblemIssue[] {
  return issues.map((issue) => toProblemIssue(part.name, issue, part.value))
}
