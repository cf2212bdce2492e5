import type { ExpressionErrorCode } from './errors.ts'

/** What to do about a code, to follow it. */
export const REMEDIES: Readonly<Record<ExpressionErrorCode, string>> = {
  syntax: "begin with '$', as in '$request.body#/id'",
  missing: 'require it, or declare a default',
  undeclared: 'declare it',
  'multi-value': 'send one value',
  'base-has-query': "only '&' can follow its query",
  'base-has-fragment': 'nothing can follow its fragment',
  ambiguous: 'put each expression in braces',
  type: 'send a string, a boolean or a number below 2^53; as a whole URL, a string',
  'not-absolute': "begin with 'https://', or pass a base",
  empty: 'send a value',
  'unsafe-char': 'encode white space, control characters and backslashes',
  'dot-segment': "send neither '.' nor '..'",
  'unsafe-scheme': 'send http or https',
  userinfo: 'send no user name or password',
  'invalid-url': 'check host and port',
  'unsafe-template': 'put a / before the value, or make it a whole label',
  'unsafe-host': 'send only a host, label or port',
  'sensitive-header': "never put a caller's credentials into a URL",
  'too-long': 'send at most 8192 characters',
}
