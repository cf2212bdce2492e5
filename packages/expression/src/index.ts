export { canonicalize } from './canonical.ts'
export { capture } from './capture.ts'
export type { DeclaredTypes, KeyProblem, Undeclared } from './check.ts'
export type { Declared } from './declared.ts'
export { ExpressionError, type ExpressionErrorCode } from './errors.ts'
export { type EvaluateOptions, evaluate, type Resolution } from './evaluate.ts'
export type { Exchange, ExchangeRequest, ExchangeResponse, HeaderFields } from './exchange.ts'
export type { Failure } from './failure.ts'
export {
  type BodyExpression,
  type Expression,
  type Message,
  type NamedExpression,
  parseExpression,
} from './parse.ts'
export type { Position } from './place.ts'
export { type MessageReads, type Reads, readsOf } from './reads.ts'
export { type ResolveUrlOptions, resolveUrl, type UrlResolution } from './resolve-url.ts'

export {
  type ExpressionPart,
  type LiteralPart,
  parseTemplate,
  type Template,
  type TemplatePart,
} from './template.ts'
