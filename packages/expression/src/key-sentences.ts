import type { HAS_BLANKS, HAS_NO_NAME, NOT_A_KEY, NOT_BRACED, PROBLEMS } from './problems.ts'

/** The problem of the text between the expressions of a key. */
export type TextProblem<TText extends string, TKey extends string> = TText extends
  | `${string}{${string}`
  | `${string}}${string}`
  ? KeyTextProblem<TKey, typeof NOT_BRACED>
  : TText extends `${string}$re${'quest' | 'sponse'}.${string}`
    ? KeyTextProblem<TKey, typeof NOT_A_KEY>
    : never

/** The sentence of a problem that names the whole key. */
export type KeyTextProblem<TKey extends string, TProblem extends string> = `'${TKey}' ${TProblem}`

/** The sentence that the parser has for the same problem. */
export type CodeProblem<
  TExpression extends string,
  TCode extends keyof typeof PROBLEMS,
> = `'${TExpression}' ${(typeof PROBLEMS)[TCode]}`

/** The sentence of `describeSyntaxProblem`. */
export type SyntaxProblem<TExpression extends string> = TExpression extends
  | ` ${string}`
  | `${string} `
  ? `'${TExpression}' ${typeof HAS_BLANKS}`
  : Lowercase<TExpression> extends `${Nameless}${'' | '.'}`
    ? `'${TExpression}' ${typeof HAS_NO_NAME} '${WithoutDot<TExpression>}.NAME'`
    : CodeProblem<TExpression, 'syntax'>

type Nameless = `$request.${'query' | 'path' | 'header'}` | '$response.header'

type WithoutDot<TText extends string> = TText extends `${infer TStart}.` ? TStart : TText
