import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ProblemIssue } from '../problem.ts'
import { MAX_ISSUES, toProblemIssue } from '../problem-issue.ts'
import type { Check } from './request.ts'

/** What is wrong with all parts of a request, as far as one problem lists it. */
export function issuesOf(checks: readonly Check[]): ProblemIssue[] {
  const found = checks.flatMap(({ part, value, result }) => {
    // all promises are settled
    const { issues = [] } = result as StandardSchemaV1.Result<unknown>
    return issues.slice(0, MAX_ISSUES).map((issue) => toProblemIssue(part.name, issue, value))
  })
  return found.slice(0, MAX_ISSUES)
}
