import type { KeyProblem, Undeclared } from '@ringback/expression'
import type { ParamKeys } from 'hono/types'
import type { AnyCallback, WhenDeclared } from '../definition/definition.ts'
import type { RoutePlace } from '../definition/place.ts'
import type { AnySchema, InputOf, OutputOf } from '../definition/schema.ts'
import type { DeclaredStatus } from '../definition/status.ts'

/** The problem of a callback's key for this operation as one sentence; `never` if there is none. */
export type CallbackProblem<
  TCallback extends AnyCallback,
  TPlace extends RoutePlace,
  TRequest,
  TResponses,
> = KeyProblem<
  NonNullable<TCallback['~types']>['key'],
  OperationDeclarations<TPlace['path'], TRequest, TResponses>
>

/** The name, or the problem: a compile error begins with the parameter's type, so it begins with the sentence. */
export type NameOrProblem<TName extends string, TProblem> = [TProblem] extends [never]
  ? TName
  : TProblem

/** The declarations of an operation as types; an interface, so that only the parts that a key reads are computed. */
export interface OperationDeclarations<TPath extends string, TRequest, TResponses> {
  readonly path: PathParameterName<ParamKeys<TPath>>
  readonly query: TRequest extends { readonly query: infer TSchema extends AnySchema }
    ? InputOf<TSchema>
    : Undeclared
  readonly header: TRequest extends { readonly headers: infer TSchema extends AnySchema }
    ? InputOf<TSchema>
    : Undeclared
  readonly body: RequestBody<TRequest>
  readonly response: OutputOrUndeclared<TResponses[Extract<keyof TResponses, DeclaredStatus>]>
  readonly responseHeader: OutputOrUndeclared<
    TResponses[Extract<keyof TResponses, `${string} headers`>]
  >
}

type RequestBody<TRequest> = TRequest extends { readonly content: infer TContent }
  ?
      | InputOf<Extract<TContent[keyof TContent], AnySchema>>
      | (TRequest extends { readonly body: infer TSchema extends AnySchema }
          ? InputOf<TSchema>
          : never)
  : TRequest extends { readonly body: infer TSchema extends AnySchema }
    ? InputOf<TSchema>
    : Undeclared

/** The name of a path parameter, without the question mark of an optional one. */
export type PathParameterName<TKey> = TKey extends `${infer TName}?` ? TName : TKey & string

type OutputOrUndeclared<TSchema> = [Extract<TSchema, AnySchema>] extends [never]
  ? Undeclared
  : TSchema extends AnySchema
    ? OutputOf<TSchema>
    : never

/** The callback that an operation inherits under a name; the problem if it does not declare the values in its key. */
export type CallbackFor<TCallback, TPlace extends RoutePlace, TRequest, TResponses> =
  TCallback extends WhenDeclared<infer TInner>
    ? CallbackOrProblem<TInner, CallbackProblem<TInner, TPlace, TRequest, TResponses>>
    : TCallback

type CallbackOrProblem<TCallback, TProblem> = [TProblem] extends [never] ? TCallback : TProblem
