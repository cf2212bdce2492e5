import type { ParamKeys } from 'hono/types'
import type { RoutePlace } from '../definition/place.ts'
import type { AnySchema, InputOf, OutputOf } from '../definition/schema.ts'

/** The names that Hono gives to the parts of a request. */
interface HonoTarget {
  readonly params: 'param'
  readonly query: 'query'
  readonly headers: 'header'
  readonly cookies: 'cookie'
  readonly body: 'json'
}

type FormType = 'multipart/form-data' | 'application/x-www-form-urlencoded'

/** What `c.req.valid(…)` gives. */
export type ValidatedInput<TRequest> = TRequest extends { readonly content: infer TContent }
  ? ValidatedBodies<TRequest, TContent>
  : Validated<TRequest>

type Validated<TRequest> = {
  [TPart in keyof TRequest &
    keyof HonoTarget as HonoTarget[TPart]]: TRequest[TPart] extends AnySchema
    ? OutputOf<TRequest[TPart]>
    : never
}

/** Where several bodies are declared, the one that was sent may be another. */
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

/** What a client has to pass; a path parameter without a schema is a string. */
export type ClientInput<TPlace extends RoutePlace, TRequest> = {
  [TPart in keyof TRequest &
    keyof ClientTarget as ClientTarget[TPart]]: TRequest[TPart] extends AnySchema
    ? TPart extends 'body'
      ? InputOf<TRequest[TPart]>
      : ClientFields<InputOf<TRequest[TPart]>>
    : ClientForm<TRequest[TPart]>
} & (TRequest extends { readonly params: AnySchema } ? {} : PathInput<TPlace['path']>)

interface ClientTarget extends HonoTarget {
  readonly content: 'form'
}

type PathInput<TPath extends string> = [ParamKeys<TPath>] extends [never]
  ? {}
  : { param: { [TName in ParamKeys<TPath>]: string } }

/** Hono's client writes a Date in words that are no date here, so that it is given the text. */
type ClientFields<TFields> = { [TName in keyof TFields]: ClientField<TFields[TName]> }

type ClientField<TValue> = TValue extends Date
  ? string
  : TValue extends readonly Date[]
    ? string[]
    : TValue

/** Hono's client sends every form as multipart. */
type ClientForm<TContent> = TContent extends {
  readonly 'multipart/form-data': infer TSchema extends AnySchema
}
  ? ClientFields<InputOf<TSchema>>
  : undefined

/** The body that was sent: its declared media type, and its value. */
export type ReceivedBody<TRequest> =
  | (TRequest extends { readonly body: infer TSchema extends AnySchema }
      ? Received<'application/json', OutputOf<TSchema>>
      : never)
  | (TRequest extends { readonly content: infer TContent }
      ? {
          [TType in keyof TContent]: Received<TType, SchemaOutput<TContent[TType]>>
        }[keyof TContent]
      : never)

interface Received<TType, TValue> {
  readonly type: TType
  readonly value: TValue
}
