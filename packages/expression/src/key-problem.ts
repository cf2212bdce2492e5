import type { Nearest, Replace } from './nearest.ts'
import type { NOT_A_POINTER, PROBLEMS } from './problems.ts'

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

/** The first problem of the expressions in braces. */
type BracedProblem<
  TKey extends string,
  TDeclared extends DeclaredTypes,
  TReader extends string,
> = TKey extends `${string}{${infer TExpression}}${infer TRest}`
  ? OrElse<
      ExpressionProblem<TExpression, TDeclared, TReader>,
      BracedProblem<TRest, TDeclared, TReader>
    >
  : never

type OrElse<TFirst, TSecond> = [TFirst] extends [never] ? TSecond : TFirst

type TrimEnd<TText extends string> = TText extends `${infer TStart} ` ? TrimEnd<TStart> : TText

/** The sentence that the parser has for the same problem. */
type CodeProblem<
  TExpression extends string,
  TCode extends keyof typeof PROBLEMS,
> = `'${TExpression}' ${(typeof PROBLEMS)[TCode]}`

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
          : Lowercase<TExpression> extends '$' | '$request' | '$response'
            ? CodeProblem<TExpression, 'syntax'>
            : TExpression extends `$${infer TName}`
              ? ShorthandProblem<TrimEnd<TName>, TDeclared>
              : CodeProblem<TExpression, 'syntax'>

type RequestProblem<
  TExpression extends string,
  TSource extends string,
  TDeclared extends DeclaredTypes,
  TReader extends string,
> = TSource extends 'body'
  ? RequestBodyProblem<TDeclared['body'], '', TReader>
  : TSource extends `body#${infer TPointer}`
    ? OrBadPointer<RequestBodyProblem<TDeclared['body'], TPointer, TReader>, TPointer, TExpression>
    : TSource extends `body.${infer TPath}`
      ? RequestBodyProblem<TDeclared['body'], DotsToPointer<TPath>, TReader>
      : TSource extends `query.${infer TName}`
        ? OrBadName<QueryProblem<TDeclared['query'], TName, TReader>, TName, TExpression>
        : TSource extends `header.${infer TName}`
          ? HeaderProblem<TExpression, TName, RequestHeaders<TDeclared['header'], TReader>>
          : TSource extends `path.${infer TName}`
            ? OrBadName<NameProblem<TName, TDeclared['path'], 'path parameter'>, TName, TExpression>
            : CodeProblem<TExpression, 'syntax'>

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
      ? OrBadPointer<
          ResponseBodyProblem<TDeclared['response'], TPointer, TReader>,
          TPointer,
          TExpression
        >
      : TSource extends `body.${infer TPath}`
        ? ResponseBodyProblem<TDeclared['response'], DotsToPointer<TPath>, TReader>
        : TSource extends `header.${infer TName}`
          ? HeaderProblem<TExpression, TName, ResponseHeaders<TDeclared['responseHeader'], TReader>>
          : CodeProblem<TExpression, 'syntax'>

// in tuples: a union would be checked one branch at a time
type RequestBodyProblem<TBody, TPointer extends string, TReader extends string> = [TBody] extends [
  Undeclared,
]
  ? `declare the body before the ${TReader} that reads it`
  : PointerProblem<TBody, TPointer, 'the request body has no'>

type ResponseBodyProblem<TBody, TPointer extends string, TReader extends string> = [TBody] extends [
  Undeclared,
]
  ? `declare the response before the ${TReader} that reads it`
  : PointerProblem<TBody, TPointer, 'no declared response has'>

type QueryProblem<TQuery, TName extends string, TReader extends string> = [TQuery] extends [
  Undeclared,
]
  ? `declare the query before the ${TReader} that reads it`
  : NameProblem<TName, NamesOf<TQuery>, 'query parameter'>

/** The headers of one message, and how sentences name them. */
interface Headers {
  readonly types: unknown
  readonly kind: string
  readonly absent: string
}

interface RequestHeaders<THeader, TReader extends string> extends Headers {
  readonly types: THeader
  readonly kind: 'header'
  readonly absent: `declare the headers before the ${TReader} that reads them`
}

interface ResponseHeaders<THeader, TReader extends string> extends Headers {
  readonly types: THeader
  readonly kind: 'response header'
  readonly absent: `declare the response's headers before the ${TReader} that reads them`
}

/** Header names have no case; the parser reads them in lower case. */
type HeaderProblem<TExpression extends string, TName extends string, THeaders extends Headers> =
  Lowercase<TName> extends SensitiveHeader
    ? CodeProblem<TExpression, 'sensitive-header'>
    : Lowercase<TName> extends Lowercase<NamesOf<THeaders['types']>>
      ? never
      : TName extends NoToken
        ? CodeProblem<TExpression, 'syntax'>
        : [THeaders['types']] extends [Undeclared]
          ? THeaders['absent']
          : NameProblem<Lowercase<TName>, NamesOf<THeaders['types']>, THeaders['kind']>

type SensitiveHeader = 'authorization' | 'proxy-authorization' | 'cookie' | 'set-cookie'

/** Texts that are no header name; others with characters outside ASCII are left to the check at run time. */
type NoToken =
  | ''
  | `${string}${' ' | '"' | '(' | ')' | ',' | '/' | ':' | ';' | '<' | '=' | '>' | '?' | '@' | '[' | '\\' | ']' | '{'}${string}`

/** The problem, unless there is an earlier one: a name that does not end where its quotation mark does. */
type OrBadName<TProblem, TName extends string, TExpression extends string> = [TProblem] extends [
  never,
]
  ? never
  : TName extends `${string}"${string}`
    ? CodeProblem<TExpression, 'syntax'>
    : TProblem

/** The problem, unless there is an earlier one: a pointer that is none. */
type OrBadPointer<TProblem, TPointer extends string, TExpression extends string> = [
  TProblem,
] extends [never]
  ? never
  : TPointer extends '' | `/${string}`
    ? Replace<Replace<TPointer, '~0', '-'>, '~1', '-'> extends `${string}~${string}`
      ? `'${TExpression}' ${typeof NOT_A_POINTER}`
      : TProblem
    : `'${TExpression}' ${typeof NOT_A_POINTER}`

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

/**
 * Follows a JSON Pointer through a type. A member of any branch of a union is found; null and undefined have
 * none; `unknown` and `any` have every member.
 */
type PointerProblem<
  T,
  TPointer extends string,
  TLacks extends string,
  TSeen extends string = '',
> = unknown extends T
  ? never
  : TPointer extends `/${infer TToken}/${infer TRest}`
    ? StepProblem<T, TToken, `/${TRest}`, TLacks, TSeen>
    : TPointer extends `/${infer TToken}`
      ? StepProblem<T, TToken, '', TLacks, TSeen>
      : TPointer extends ''
        ? never
        : 'the pointer is none'

type StepProblem<
  T,
  TToken extends string,
  TRest extends string,
  TLacks extends string,
  TSeen extends string,
> =
  Member<T, Unescape<TToken>> extends infer TMember
    ? [TMember] extends [never]
      ? `${TLacks} '${TSeen}/${TToken}${TRest}'${PointerHint<TSeen, Nearest<TToken, EscapedMembers<T>>, TRest>}`
      : TMember extends readonly [unknown]
        ? PointerProblem<TMember[0], TRest, TLacks, `${TSeen}/${TToken}`>
        : never
    : never

/** The member's type in a tuple, one for each branch that has it; `never` if none has. */
type Member<T, TName extends string> = T extends readonly unknown[]
  ? Element<T, TName>
  : T extends object
    ? TName extends keyof T
      ? [T[TName]]
      : TName extends `${infer TNumber extends keyof T & number}`
        ? [T[TNumber]]
        : string extends keyof T
          ? [T[keyof T & string]]
          : never
    : never

type Element<T extends readonly unknown[], TName extends string> = TName extends `-${string}`
  ? never
  : TName extends `${bigint}`
    ? number extends T['length']
      ? [T[number]]
      : TName extends keyof T
        ? [T[TName]]
        : never
    : never

type EscapedMembers<T> = T extends readonly unknown[]
  ? never
  : T extends object
    ? Escape<keyof T & string>
    : never

/** RFC 6901: `~1` is a slash, `~0` a tilde. */
type Unescape<TToken extends string> = TToken extends `${string}~${string}`
  ? Replace<Replace<TToken, '~1', '/'>, '~0', '~'>
  : TToken

type Escape<TName extends string> = TName extends `${string}${'~' | '/'}${string}`
  ? Replace<Replace<TName, '~', '~0'>, '/', '~1'>
  : TName

/** FastAPI's `body.customer.id`, where a dot separates members. */
type DotsToPointer<TPath extends string> = TPath extends `${infer TName}.${infer TRest}`
  ? `/${Escape<TName>}${DotsToPointer<TRest>}`
  : `/${Escape<TPath>}`

type Hint<TNear> = [TNear] extends [never] ? '' : `; did you mean '${TNear & string}'?`

type PointerHint<TSeen extends string, TNear, TRest extends string> = [TNear] extends [never]
  ? ''
  : `; did you mean '${TSeen}/${TNear & string}${TRest}'?`
