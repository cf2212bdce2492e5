export { canonicalize } from './canonicalize.ts'
export { capture } from './capture.ts'
export type { DeclaredNames } from './declared.ts'
export { ExpressionError, type ExpressionErrorCode } from './errors.ts'
export { type EvaluateOptions, evaluate, type Resolution } from './evaluate.ts'
export type { Exchange, ExchangeRequest, ExchangeResponse, HeaderFields } from './exchange.ts'
export type { ResolutionFailure } from './failure.ts'
export type { DeclaredTypes, KeyProblem, Undeclared } from './key-problem.ts'
export {
  type BodyExpression,
  type ExchangeMessage,
  type Expression,
  type NamedExpression,
  parseExpression,
} from './parse-expression.ts'
export {
  type ExpressionPart,
  type LiteralPart,
  parseTemplate,
  type Template,
  type TemplatePart,
} from './parse-template.ts'
export type { UrlPosition } from './position.ts'
export { type MessageReads, type Reads, readsOf } from './reads.ts'
export { type ResolveUrlOptions, resolveUrl, type UrlResolution } from './resolve-url.ts'
