import type { ProblemIssue } from '../definition/problem.ts'
import type { SchemaIssue } from '../definition/schema.ts'
import { MAX_ISSUES, toProblemIssue } from './problem-issue.ts'

/** Converts the first 50 validation issues of one part to a problem's `errors`. */
export function toProblemIssues(
  part: ProblemIssue['in'],
  issues: readonly SchemaIssue[],
  input: unknown,
): ProblemIssue[] {
  return issues.slice(0, MAX_ISSUES).map((issue) => toProblemIssue(part, issue, input))
}
