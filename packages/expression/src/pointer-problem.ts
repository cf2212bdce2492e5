import type { Nearest, Replace } from './nearest.ts'
import type { NOT_A_POINTER } from './problems.ts'

/**
 * Follows a JSON Pointer through a type. A member of any branch of a union is found; null and undefined have
 * none; `unknown` and `any` have every member.
 */
export type PointerProblem<
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
        : 'no pointer' // OrNoPointer has the sentence

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

type PointerHint<TSeen extends string, TNear, TRest extends string> = [TNear] extends [never]
  ? ''
  : `; did you mean '${TSeen}/${TNear & string}${TRest}'?`

/** The problem, or the one that the parser finds first: a text that is no pointer. */
export type OrNoPointer<TProblem, TPointer extends string, TExpression extends string> = [
  TProblem,
] extends [never]
  ? never
  : TPointer extends '' | `/${string}`
    ? Replace<Replace<TPointer, '~0', '-'>, '~1', '-'> extends `${string}~${string}`
      ? `'${TExpression}' ${typeof NOT_A_POINTER}`
      : TProblem
    : `'${TExpression}' ${typeof NOT_A_POINTER}`

/** The pointer of FastAPI's `body.customer.id`, where a dot separates members. */
export type DotsToPointer<TPath extends string> = TPath extends `${infer TName}.${infer TRest}`
  ? `/${Escape<TName>}${DotsToPointer<TRest>}`
  : `/${Escape<TPath>}`
