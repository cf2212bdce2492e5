import type { HAS_BLANKS, HAS_NO_NAME, NOT_A_KEY, NOT_BRACED, PROBLEMS } from './problems.ts'

/** The sentence of a key whose text is wrong, which names the whole key. */
export type KeyTextProblem<
  TText extends string,
  TKey extends string,
> = TText extends `${string}${'{' | '}'}${string}`
  ? `'${TKey}' ${typeof NOT_BRACED}`
  : `'${TKey}' ${typeof NOT_A_KEY}`

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
