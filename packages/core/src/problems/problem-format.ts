import type { Context } from 'hono'
import type { Problem, ProblemFormat } from '../definition/problem.ts'
import type { AnySchema, OutputOf } from '../definition/schema.ts'

/**
 * Makes a custom format for the problem responses to invalid requests (400, 413, 415, 422); the statuses stay the
 * same. Pass it to `createApi`, to a `group`, or to one operation by `.problems(…)`.
 *
 * @example
 * const errors = problemFormat(v.object({ code: v.number(), message: v.string() }), ({ status, detail }) => ({
 *   code: status,
 *   message: detail,
 * }))
 */
export function problemFormat<TSchema extends AnySchema>(
  schema: TSchema,
  body: (problem: Problem, c: Context) => OutputOf<TSchema>,
  { mediaType = 'application/json' }: { readonly mediaType?: string } = {},
): ProblemFormat {
  return Object.freeze({ mediaType, schema, '~body': body })
}
