import type { ExpressionErrorCode } from './errors.ts'

/** What to do about a code, to follow it. */
export const REMEDIES: Readonly<Record<ExpressionErrorCode, string>> = {
  syntax: "begin with '$', as in '$request.body#/id'",
  missing: 'send it, or declare a default',
  undeclared: 'declare it',
  'multi-value': 'send one value',
  'base-has-query': 'send no query, or write & after it',
  'base-has-fragment': 'send no fragment',
  ambiguous: 'put each expression in braces',
  type: 'send a string, or as data a boolean or a number below 2^53',
  'not-absolute': 'send https://, or pass a base',
  empty: 'send a value',
  'unsafe-char': 'encode spaces, controls and backslashes',
  'dot-segment': "send neither '.' nor '..'",
  'unsafe-scheme': 'send http or https',
  userinfo: 'send no user name',
  'invalid-url': 'send a valid host and port',
  'unsafe-template': 'put / before the value, or make it a whole label',
  'unsafe-host': 'send a host, label or port',
  'sensitive-header': 'read no credentials',
  'too-long': 'send at most 8192 characters',
}
