import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Context, ValidationTargets } from 'hono'
import type { RequestSchemas } from '../definition.ts'
import type { ValidatedPart } from '../delivery.ts'
import { type ProblemIssue, problem } from '../problem.ts'
import { MAX_ISSUES, toProblemIssues } from '../problem-issue.ts'
import type { AnySchema } from '../schema.ts'
import { isTooDeep } from '../too-deep.ts'
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
    let result: StandardSchemaV1.Result<unknown>
    try {
      const checking = part.schema['~standard'].validate(part.value)
      result = checking instanceof Promise ? await checking : checking
    } catch (error) {
      if (!isTooDeep(error)) throw error
      const detail = `the ${part.name} is nested too deeply`
      return { ok: false, response: problem(400, { detail }) }
    }
    if (result.issues) errors.push(...toProblemIssues(part.name, result.issues, part.value))
    else c.req.addValidatedData(part.target, result.value as object)
  }
  if (errors.length > 0) {
    const details = { detail: 'the request is not valid', errors: errors.slice(0, MAX_ISSUES) }
    return { ok: false, response: problem(422, details) }
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
