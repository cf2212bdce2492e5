import type { Nearest, Replace } from './nearest.ts'

/** What an operation declares, as types: the compiler's counterpart of `Declared`. */
export interface DeclaredTypes {
  /** The names of the path parameters. */
  readonly path: string
  /** Parameters by name; `Undeclared` while the operation has none. */
  readonly query: unknown
  readonly header: unknown
  /** What the client sends; `Undeclared` while the operation takes no body. */
  readonly body: unknown
  /** The union of what the operation answers; `Undeclared` while it declares no body of an answer. */
  readonly response: unknown
  /** The headers of the answers, by name; `Undeclared` while none declares headers. */
  readonly responseHeader: unknown
}

/** Stands for a part that is not declared, or not yet. */
export interface Undeclared {
  readonly '~undeclared': never
}

/**
 * What is wrong with a callback key, as one sentence; `never` when nothing is, or when the key is no literal.
 *
 * @example
 * type Operation = { path: never; query: Undeclared; header: Undeclared; body: { id: string }; response: Undeclared; responseHeader: Undeclared }
 * type Problem = KeyProblem<'https://ops.example.com/{$request.body#/idd}', Operation>
 * // "the request body has no '/idd'; did you mean '/id'?"
 */
export type KeyProblem<TKey extends string, TDeclared extends DeclaredTypes> = string extends TKey
  ? never
  : TKey extends `$${string}`
    ? ExpressionProblem<TrimEnd<TKey>, TDeclared>
    : BracedProblem<TKey, TDeclared>

/** The first problem of the expressions in braces. */
type BracedProblem<
  TKey extends string,
  TDeclared extends DeclaredTypes,
> = TKey extends `${string}{${infer TExpression}}${infer TRest}`
  ? OrElse<ExpressionProblem<TExpression, TDeclared>, BracedProblem<TRest, TDeclared>>
  : never

type OrElse<TFirst, TSecond> = [TFirst] extends [never] ? TSecond : TFirst

type TrimEnd<TText extends string> = TText extends `${infer TStart} ` ? TrimEnd<TStart> : TText

type ExpressionProblem<TExpression extends string, TDeclared extends DeclaredTypes> =
  Lowercase<TExpression> extends '$url' | '$method' | '$statuscode'
    ? never
    : TExpression extends `$request.${infer TSource}`
      ? RequestProblem<TExpression, TSource, TDeclared>
      : TExpression extends `$response.${infer TSource}`
        ? ResponseProblem<TExpression, TSource, TDeclared>
        : Lowercase<TExpression> extends `$request.${string}` | `$response.${string}`
          ? never // another spelling, which is legal: left to the check at run time
          : TExpression extends `$${infer TName}`
            ? ShorthandProblem<TName, TDeclared>
            : `'${TExpression}' is not a runtime expression`

type RequestProblem<
  TExpression extends string,
  TSource extends string,
  TDeclared extends DeclaredTypes,
> = TSource extends 'body'
  ? BodyProblem<TDeclared['body'], ''>
  : TSource extends `body#${infer TPointer}`
    ? BodyProblem<TDeclared['body'], TPointer>
    : TSource extends `body.${infer TPath}`
      ? BodyProblem<TDeclared['body'], DotsToPointer<TPath>>
      : TSource extends `query.${infer TName}`
        ? QueryProblem<TDeclared['query'], TName>
        : TSource extends `header.${infer TName}`
          ? HeaderProblem<TDeclared['header'], TName>
          : TSource extends `path.${infer TName}`
            ? NameProblem<TName, TDeclared['path'], 'path parameter'>
            : `'${TExpression}' is not a runtime expression`

type ResponseProblem<
  TExpression extends string,
  TSource extends string,
  TDeclared extends DeclaredTypes,
> = TSource extends 'body'
  ? AnswerProblem<TDeclared['response'], ''>
  : TSource extends `query.${string}` | `path.${string}`
    ? never // legal, and never there: left to the check at run time
    : TSource extends `body#${infer TPointer}`
      ? AnswerProblem<TDeclared['response'], TPointer>
      : TSource extends `body.${infer TPath}`
        ? AnswerProblem<TDeclared['response'], DotsToPointer<TPath>>
        : TSource extends `header.${infer TName}`
          ? HeaderProblem<
              TDeclared['responseHeader'],
              TName,
              'response header',
              "declare the response's headers before the callback that reads them"
            >
          : `'${TExpression}' is not a runtime expression`

type BodyProblem<TBody, TPointer extends string> = TBody extends Undeclared
  ? 'declare the body before the callback that reads it'
  : PointerProblem<TBody, TPointer, 'the request body has no'>

type AnswerProblem<TBody, TPointer extends string> = [TBody] extends [Undeclared]
  ? 'declare the response before the callback that reads it'
  : PointerProblem<TBody, TPointer, 'no declared response has'>

type QueryProblem<TQuery, TName extends string> = TQuery extends Undeclared
  ? 'declare the query before the callback that reads it'
  : NameProblem<TName, NamesOf<TQuery>, 'query parameter'>

type HeaderProblem<
  THeader,
  TName extends string,
  TWhat extends string = 'header',
  TAbsent extends string = 'declare the headers before the callback that reads them',
> = [THeader] extends [Undeclared]
  ? TAbsent
  : Lowercase<TName> extends Lowercase<NamesOf<THeader>>
    ? never
    : NameProblem<TName, NamesOf<THeader>, TWhat>

type NamesOf<T> = T extends unknown ? keyof T & string : never

type NameProblem<TName extends string, TNames extends string, TWhat extends string> =
  // a name with JSON escapes, or a part whose names are not known, is left to the check at run time
  TName extends TNames | `${string}\\${string}`
    ? never
    : string extends TNames
      ? never
      : `${TWhat} '${TName}' is not declared${Hint<Nearest<TName, TNames>>}`

/** FastAPI's `$name`: the one parameter of that name, wherever it is declared. */
type ShorthandProblem<TName extends string, TDeclared extends DeclaredTypes> =
  PlacesOf<TName, TDeclared> extends infer TPlaces
    ? [TPlaces] extends [never]
      ? `no parameter '${TName}' is declared${Hint<Nearest<TName, ParameterNames<TDeclared>>>}`
      : IsUnion<TPlaces> extends true
        ? `'$${TName}' is ambiguous: parameters of that name are declared in two places`
        : never
    : never

type PlacesOf<TName extends string, TDeclared extends DeclaredTypes> =
  | (TName extends TDeclared['path'] ? 'path' : never)
  | (TName extends NamesOf<TDeclared['query']> ? 'query' : never)
  | (Lowercase<TName> extends Lowercase<NamesOf<TDeclared['header']>> ? 'header' : never)

type ParameterNames<TDeclared extends DeclaredTypes> = Exclude<
  TDeclared['path'] | NamesOf<TDeclared['query']> | NamesOf<TDeclared['header']>,
  keyof Undeclared
>

/**
 * Follows a JSON Pointer through a type. A member that any branch of a union has, is there; null and
 * undefined have none; what is `unknown` or `any` may have every member.
 */
type PointerProblem<
  T,
  TPointer extends string,
  TWhat extends string,
  TSeen extends string = '',
> = unknown extends T
  ? never
  : TPointer extends `/${infer TToken}/${infer TRest}`
    ? StepProblem<T, TToken, `/${TRest}`, TWhat, TSeen>
    : TPointer extends `/${infer TToken}`
      ? StepProblem<T, TToken, '', TWhat, TSeen>
      : TPointer extends ''
        ? never
        : `'#${TPointer}' is not a JSON Pointer: it begins with '#/'`

type StepProblem<
  T,
  TToken extends string,
  TRest extends string,
  TWhat extends string,
  TSeen extends string,
> =
  Member<T, Unescape<TToken>> extends infer TMember
    ? [TMember] extends [never]
      ? `${TWhat} '${TSeen}/${TToken}${TRest}'${PointerHint<TSeen, Nearest<TToken, EscapedMembers<T>>, TRest>}`
      : TMember extends readonly [unknown]
        ? PointerProblem<TMember[0], TRest, TWhat, `${TSeen}/${TToken}`>
        : never
    : never

/** The member's type in a tuple, one for each branch that has it; `never` where none has. */
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

type IsUnion<T, TAll = T> = T extends unknown ? ([TAll] extends [T] ? false : true) : never
