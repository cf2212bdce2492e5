import type { CodeProblem, KeyTextProblem, SyntaxProblem } from './key-sentences.ts'
import type { Hint, Nearest } from './nearest.ts'
import type { DotsToPointer, OrNoPointer, PointerProblem } from './pointer-problem.ts'

/** The declarations of an operation as types: the compiler's counterpart of `DeclaredNames`. */
export interface DeclaredTypes {
  /** The names of the path parameters. */
  readonly path: string
  /** Parameters by name; `Undeclared` while the operation has none. */
  readonly query: unknown
  readonly header: unknown
  /** The body as the client sends it; `Undeclared` while the operation takes none. */
  readonly body: unknown
  /** The union of the response bodies; `Undeclared` while none is declared. */
  readonly response: unknown
  /** The response headers by name; `Undeclared` while none are declared. */
  readonly responseHeader: unknown
}

/** Stands for a part that is not declared, or not yet. */
export interface Undeclared {
  readonly '~undeclared': never
}

/**
 * The problem of a callback key as one sentence; `never` if there is none, or if the key is not a literal.
 * `TReader` is the noun for whatever has the key, such as `'link'`.
 *
 * @example
 * type Operation = { path: never; query: Undeclared; header: Undeclared; body: { id: string }; response: Undeclared; responseHeader: Undeclared }
 * type Problem = KeyProblem<'https://ops.example.com/{$request.body#/idd}', Operation>
 * // "the request body has no '/idd'; did you mean '/id'?"
 */
export type KeyProblem<
  TKey extends string,
  TDeclared extends DeclaredTypes,
  TReader extends string = 'callback',
> = string extends TKey
  ? never
  : TKey extends `$${string}`
    ? TKey extends `${string}{$${string}`
      ? CodeProblem<TrimEnd<TKey>, 'ambiguous'>
      : ExpressionProblem<TrimEnd<TKey>, TDeclared, TReader>
    : BracedProblem<TKey, TDeclared, TReader>

/** The first problem of the expressions in braces, or of the text after the last one. */
type BracedProblem<
  TKey extends string,
  TDeclared extends DeclaredTypes,
  TReader extends string,
  TWhole extends string = TKey,
> = TKey extends `${string}{${infer TExpression}}${infer TRest}`
  ? ExpressionProblem<TExpression, TDeclared, TReader> extends infer TProblem
    ? [TProblem] extends [never]
      ? BracedProblem<TRest, TDeclared, TReader, TWhole>
      : TExpression extends `${string}{${string}`
        ? KeyTextProblem<TExpression, TWhole>
        : TProblem
    : never
  : TKey extends `${string}${'{' | '}' | '$request.' | '$response.'}${string}`
    ? KeyTextProblem<TKey, TWhole>
    : never

type TrimEnd<TText extends string> = TText extends `${infer TStart} ` ? TrimEnd<TStart> : TText

type ExpressionProblem<
  TExpression extends string,
  TDeclared extends DeclaredTypes,
  TReader extends string,
> =
  Lowercase<TExpression> extends '$url' | '$method' | '$statuscode'
    ? never
    : TExpression extends `$request.${infer TSource}`
      ? RequestProblem<TExpression, TSource, TDeclared, TReader>
      : TExpression extends `$response.${infer TSource}`
        ? ResponseProblem<TExpression, TSource, TDeclared, TReader>
        : Lowercase<TExpression> extends `$request.${string}` | `$response.${string}`
          ? never // another spelling, which is legal: left to the check at run time
          : Lowercase<TExpression> extends BareRoot
            ? SyntaxProblem<TExpression>
            : TExpression extends `$${infer TName}`
              ? ShorthandProblem<TrimEnd<TName>, TDeclared>
              : SyntaxProblem<TExpression>

/** No shorthand: a root without its source, or with a blank at its end. */
type BareRoot = '$' | '$request' | '$response' | `$${'url' | 'method' | 'statuscode'} `

type RequestProblem<
  TExpression extends string,
  TSource extends string,
  TDeclared extends DeclaredTypes,
  TReader extends string,
> = TSource extends 'body'
  ? RequestBodyProblem<TDeclared['body'], '', TReader>
  : TSource extends `body#${infer TPointer}`
    ? OrNoPointer<RequestBodyProblem<TDeclared['body'], TPointer, TReader>, TPointer, TExpression>
    : TSource extends `body.${infer TPath}`
      ? RequestBodyProblem<TDeclared['body'], DotsToPointer<TPath>, TReader>
      : TSource extends `query.${infer TName}`
        ? OrNoName<QueryProblem<TDeclared['query'], TName, TReader>, TName, TExpression>
        : TSource extends `header.${infer TName}`
          ? HeaderProblem<TExpression, TName, RequestHeaders<TDeclared['header'], TReader>>
          : TSource extends `path.${infer TName}`
            ? OrNoName<NameProblem<TName, TDeclared['path'], 'path parameter'>, TName, TExpression>
            : SyntaxProblem<TExpression>

type ResponseProblem<
  TExpression extends string,
  TSource extends string,
  TDeclared extends DeclaredTypes,
  TReader extends string,
> = TSource extends 'body'
  ? ResponseBodyProblem<TDeclared['response'], '', TReader>
  : TSource extends `query.${string}` | `path.${string}`
    ? never // legal, and never there: left to the check at run time
    : TSource extends `body#${infer TPointer}`
      ? OrNoPointer<
          ResponseBodyProblem<TDeclared['response'], TPointer, TReader>,
          TPointer,
          TExpression
        >
      : TSource extends `body.${infer TPath}`
        ? ResponseBodyProblem<TDeclared['response'], DotsToPointer<TPath>, TReader>
        : TSource extends `header.${infer TName}`
          ? HeaderProblem<TExpression, TName, ResponseHeaders<TDeclared['responseHeader'], TReader>>
          : SyntaxProblem<TExpression>

// in tuples: a union would be checked one branch at a time
type RequestBodyProblem<TBody, TPointer extends string, TReader extends string> = [TBody] extends [
  Undeclared,
]
  ? OrAny<TBody, `declare the body before the ${TReader} that reads it`>
  : PointerProblem<TBody, TPointer, 'the request body has no'>

type ResponseBodyProblem<TBody, TPointer extends string, TReader extends string> = [TBody] extends [
  Undeclared,
]
  ? OrAny<TBody, `declare the response before the ${TReader} that reads it`>
  : PointerProblem<TBody, TPointer, 'no declared response has'>

/** No problem for `any`, which is assignable to everything. */
type OrAny<T, TProblem> = unknown extends T ? never : TProblem

type QueryProblem<TQuery, TName extends string, TReader extends string> = [TQuery] extends [
  Undeclared,
]
  ? OrAny<TQuery, `declare the query before the ${TReader} that reads it`>
  : NameProblem<TName, NamesOf<TQuery>, 'query parameter'>

/** The headers of one message, and how sentences name them. */
interface Headers {
  readonly types: unknown
  readonly kind: string
  readonly absent: string
  /** Names that OpenAPI lets nobody declare. */
  readonly undeclarable: string
}

interface RequestHeaders<THeader, TReader extends string> extends Headers {
  readonly types: THeader
  readonly kind: 'header'
  readonly absent: `declare the headers before the ${TReader} that reads them`
  readonly undeclarable: 'accept' | 'content-type'
}

interface ResponseHeaders<THeader, TReader extends string> extends Headers {
  readonly types: THeader
  readonly kind: 'response header'
  readonly absent: `declare the response's headers before the ${TReader} that reads them`
  readonly undeclarable: 'content-type'
}

/** Header names have no case; the parser reads them in lower case. */
type HeaderProblem<TExpression extends string, TName extends string, THeaders extends Headers> =
  Lowercase<TName> extends SensitiveHeader
    ? CodeProblem<TExpression, 'sensitive-header'>
    : Lowercase<TName> extends Lowercase<NamesOf<THeaders['types']>> | THeaders['undeclarable']
      ? never
      : TName extends NoToken
        ? SyntaxProblem<TExpression>
        : [THeaders['types']] extends [Undeclared]
          ? THeaders['absent']
          : NameProblem<Lowercase<TName>, NamesOf<THeaders['types']>, THeaders['kind']>

type SensitiveHeader = 'authorization' | 'proxy-authorization' | 'cookie' | 'set-cookie'

/** Texts that are no header name; characters outside ASCII are left to the check at run time. */
type NoToken =
  | ''
  | `${string}${' ' | '"' | '(' | ')' | ',' | '/' | ':' | ';' | '<' | '=' | '>' | '?' | '@' | '[' | '\\' | ']' | '{'}${string}`

/** The problem, or the one that the parser finds first: a name with a bare quotation mark. */
type OrNoName<TProblem, TName extends string, TExpression extends string> = [TProblem] extends [
  never,
]
  ? never
  : TName extends `${string}"${string}`
    ? SyntaxProblem<TExpression>
    : TProblem

type NamesOf<T> = T extends unknown ? keyof T & string : never

type NameProblem<TName extends string, TNames extends string, TKind extends string> =
  // a name with JSON escapes, or a part whose names are not known, is left to the check at run time
  TName extends TNames | `${string}\\${string}`
    ? never
    : string extends TNames
      ? never
      : `${TKind} '${TName}' is not declared${Hint<Nearest<TName, TNames>>}`

/** The problem of FastAPI's `$name`: the one parameter of that name, wherever it is declared. */
type ShorthandProblem<TName extends string, TDeclared extends DeclaredTypes> =
  ParametersOf<TName, TDeclared> extends infer TParameters extends readonly string[]
    ? TParameters extends readonly [
        infer TFirst extends string,
        infer TSecond extends string,
        ...unknown[],
      ]
      ? `'$${TName}' is ambiguous; write '$request.${TFirst}' or '$request.${TSecond}'`
      : TParameters extends readonly []
        ? `no parameter '${TName}' is declared${Hint<Nearest<TName, ParameterNames<TDeclared>>>}`
        : never
    : never

/** The declared parameters of a name, in the order of `NAMED_SOURCES`. */
type ParametersOf<TName extends string, TDeclared extends DeclaredTypes> = [
  ...(TName extends TDeclared['path'] ? [`path.${TName}`] : []),
  ...(TName extends NamesOf<TDeclared['query']> ? [`query.${TName}`] : []),
  ...HeaderOf<TName, NamesOf<TDeclared['header']>>,
]

type HeaderOf<TName extends string, TNames extends string> =
  Lowercase<TName> extends Lowercase<TNames> ? [`header.${InCaseOf<TName, TNames>}`] : []

/** The spelling that a name has among others. */
type InCaseOf<TName extends string, TNames extends string> = TNames extends unknown
  ? Lowercase<TNames> extends Lowercase<TName>
    ? TNames
    : never
  : never

type ParameterNames<TDeclared extends DeclaredTypes> = Exclude<
  TDeclared['path'] | NamesOf<TDeclared['query']> | NamesOf<TDeclared['header']>,
  keyof Undeclared
>
