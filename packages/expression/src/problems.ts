/**
 * The cause and the remedy of each code: the rest of a sentence that begins with the expression or the key.
 * The compiler's check reads them as types, so that both say the same.
 */
export const PROBLEMS = {
  syntax: 'is not a runtime expression; write one such as $request.body#/name',
  missing: 'is missing or null; send a value, or declare a default',
  undeclared: 'is not declared; declare it, or correct the name',
  'multi-value': 'has several values; send one',
  ambiguous: 'mixes text and expressions; put each expression in braces',
  type: 'has a value that no URL can hold; send text',
  empty: 'leaves the URL or a path segment empty; give it text',
  'unsafe-char': 'has white space, a control character, a lone surrogate or a backslash; remove it',
  'dot-segment': 'makes a path segment . or ..; send other text',
  'base-has-query': 'has a query, and a path follows it; send a URL without one',
  'base-has-fragment': 'has a fragment, and text follows it; send a URL without one',
  'not-absolute': 'is not an absolute URL; begin it with https:// and a host',
  'unsafe-scheme': 'has no http or https scheme; use https',
  userinfo: 'has a user name or password; remove it, with its @',
  'invalid-url': 'does not give a valid URL; check slashes, host and port',
  'unsafe-template': 'lets a value change the host; put / or ? between expression and text',
  'unsafe-host': 'is not a host, label or port; send only that',
  'sensitive-header': 'reads credentials; read another header',
  'too-long': 'has more than 8192 characters; shorten it',
} as const

/** Follows the text of an expression whose JSON Pointer is none. */
export const NOT_A_POINTER =
  'is not a runtime expression; after #, write / before each name, ~0 for ~'

/** Follows an expression that begins or ends with blanks. */
export const HAS_BLANKS = 'has blanks at its start or end; remove them'

/** Follows the message of an expression that has to go on with a name. */
export const HAS_NO_NAME = 'lacks a name; write'

/** Follows a key with a brace too many or too few. */
export const NOT_BRACED =
  'has a brace without its pair; write { before and } after each expression, and none inside'

/** Follows a key whose text has expressions or a percent sign out of place. */
export const NOT_A_KEY =
  'is not a callback key; write a URL with %25 for % and each expression in braces'

/**
 * Makes the sentence of a problem.
 *
 * @example
 * describeProblem('$request.body#/id', 'is missing; send it') // "'$request.body#/id' is missing; send it"
 */
export function describeProblem(expression: string, problem: string): string {
  // a key from somebody's document must not fill a log, nor forge a line of one
  return `'${expression.slice(0, 200)}' ${problem}`.replace(/\p{Cc}/gu, ' ')
}
