import type { ParamKeys } from 'hono/types'
import type { FORM_TYPE, MULTIPART_TYPE } from '../definition/media-type.ts'
import type { ParameterNames } from '../definition/parts.ts'
import type { AnySchema, InputOf, OutputOf } from '../definition/schema.ts'

type ParameterTargets = { readonly [TNames in ParameterNames as TNames['part']]: TNames['target'] }

/** Hono's names of the parts of a request; an interface, which costs the compiler less than an intersection. */
interface HonoTarget extends ParameterTargets {
  readonly body: 'json'
}

type FormType = typeof MULTIPART_TYPE | typeof FORM_TYPE

/** The types of `c.req.valid(…)`. */
export type ValidatedInput<TRequest> = TRequest extends { readonly content: infer TContent }
  ? ValidatedBodies<TRequest, TContent>
  : Validated<TRequest>

type Validated<TRequest> = {
  [TPart in keyof TRequest &
    keyof HonoTarget as HonoTarget[TPart]]: TRequest[TPart] extends AnySchema
    ? OutputOf<TRequest[TPart]>
    : never
}

/** Several bodies: each can be absent, if another one is sent. */
type ValidatedBodies<TRequest, TContent> = Validated<Omit<TRequest, 'body'>> &
  (TRequest extends { readonly body: infer TSchema extends AnySchema }
    ? { json: OutputOf<TSchema> | undefined }
    : {}) &
  ([keyof TContent & FormType] extends [never]
    ? {}
    : {
        form:
          | SchemaOutput<TContent[keyof TContent & FormType]>
          | (TRequest extends { readonly body: unknown } ? undefined : never)
          | ([Exclude<keyof TContent, FormType>] extends [never] ? never : undefined)
      })

type SchemaOutput<TSchema> = TSchema extends AnySchema ? OutputOf<TSchema> : never

/** The arguments of a client; a path parameter without a schema is a string. */
export type ClientInput<TPath extends string, TRequest> = {
  [TPart in keyof TRequest &
    keyof ClientTarget as ClientTarget[TPart]]: TRequest[TPart] extends AnySchema
    ? TPart extends 'body'
      ? InputOf<TRequest[TPart]>
      : ClientFields<InputOf<TRequest[TPart]>>
    : ClientForm<TRequest[TPart]>
} & (TRequest extends { readonly params: AnySchema } ? {} : PathInput<TPath>)

interface ClientTarget extends HonoTarget {
  readonly content: 'form'
}

type PathInput<TPath extends string> = [ParamKeys<TPath>] extends [never]
  ? {}
  : { param: { [TName in ParamKeys<TPath>]: string } }

/** The fields with text for dates, since Hono's client would not write a `Date` in ISO 8601. */
type ClientFields<TFields> = { [TName in keyof TFields]: ClientField<TFields[TName]> }

type ClientField<TValue> = TValue extends Date
  ? string
  : TValue extends readonly Date[]
    ? string[]
    : TValue

/** The form of a client: Hono's sends every form as multipart. */
type ClientForm<TContent> = TContent extends {
  readonly [TType in typeof MULTIPART_TYPE]: infer TSchema extends AnySchema
}
  ? ClientFields<InputOf<TSchema>>
  : undefined

/** The body of a request: its declared media type, and its value. */
export type ReceivedBody<TRequest> =
  | (TRequest extends { readonly body: infer TSchema extends AnySchema }
      ? ReceivedContent<'application/json', OutputOf<TSchema>>
      : never)
  | (TRequest extends { readonly content: infer TContent }
      ? {
          [TType in keyof TContent]: ReceivedContent<TType, SchemaOutput<TContent[TType]>>
        }[keyof TContent]
      : never)

/** A body of one media type. */
export interface ReceivedContent<TType, TValue> {
  readonly type: TType
  readonly value: TValue
}
