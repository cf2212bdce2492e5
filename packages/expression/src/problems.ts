import type { ExpressionErrorCode } from './errors.ts'

/** What to do about a code, to follow it; all others say that a URL is not one. */
export const REMEDIES: Partial<Record<ExpressionErrorCode, string>> = {
  syntax: "write '$request.body#/id', $url, $method or $statusCode",
  missing: 'send it, or declare a default',
  undeclared: 'declare it',
  'multi-value': 'send one',
  ambiguous: 'put each expression in braces',
  type: 'send text',
  empty: 'send text',
  'dot-segment': 'send none',
  'unsafe-template': 'put / before it, or make it a label',
  'sensitive-header': 'read no credentials',
  'too-long': 'send less',
}
