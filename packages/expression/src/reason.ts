import type { ExpressionErrorCode } from './errors.ts'

/** Why a code arises and what to do about it, to follow the quoted expression. */
export const REASONS: Readonly<Record<ExpressionErrorCode, string>> = {
  syntax: 'is not a runtime expression',
  missing: 'has no value in this exchange: require it, or declare a default',
  undeclared: 'is not declared by the operation: declare it',
  'multi-value': 'has several values: send one',
  'base-has-query': "is a URL with a query, which only '&' can continue: send it without",
  'base-has-fragment': 'is a URL with a fragment, which nothing can continue: send it without',
  ambiguous: 'is one expression to its end, braces included: put each in braces',
  type: 'is not a string, a boolean or a number below 2^53 (a whole URL is a string): send one',
  'not-absolute': "is not an absolute URL: begin it with 'https://', or pass a base",
  empty: 'is empty, which no URL or path segment can be: send a value',
  'unsafe-char': 'holds white space, a control character or a backslash: percent-encode it',
  'dot-segment': "makes a path segment '.' or '..': send another value",
  'unsafe-scheme': 'has another scheme than http and https: send one of these',
  userinfo: 'is a URL with a user name or password: send it without',
  'invalid-url': 'is not a valid URL: check host and port',
  'unsafe-template': 'lets a value choose the host: put a / before it, or make it a whole label',
  'unsafe-host': 'is not a valid host, label or port: send only that',
  'sensitive-header': "puts the caller's credentials into a URL: read something else",
  'too-long': 'makes a URL of more than 8192 characters: send a shorter value',
}
