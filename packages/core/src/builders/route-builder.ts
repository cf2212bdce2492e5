import type { Env, MiddlewareHandler } from 'hono'
import type { CallbackProblem, NameOrProblem } from '../checks/check-types.ts'
import type { BodyProblem, StatusProblem } from '../checks/response-problem.ts'
import type { UnlessBodiless } from '../checks/unless-bodiless.ts'
import type {
  AnyCallback,
  ContentOptions,
  ExternalDocs,
  OperationDefinition,
} from '../definition/definition.ts'
import type { OperationPatch } from '../definition/openapi-patch.ts'
import type { RoutePlace } from '../definition/place.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import type { EnvOf, OperationHandler } from '../hono/context.ts'
import type { AnyLink, LinkProblem } from './link.ts'
import type { Operation } from './operation.ts'
import type { ResponseOptions } from './response.ts'

/** Declares one operation. Each method returns a new builder and leaves the old one unchanged. */
export interface RouteBuilder<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> {
  readonly '~definition': OperationDefinition
  /** Only a type: the input of links to this operation. */
  readonly '~types'?: { place: TPlace; request: TRequest }

  summary(text: string): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  description(text: string): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  operationId(id: string): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  tags(...names: readonly string[]): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  externalDocs(docs: ExternalDocs): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>
  deprecated(): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>

  /** OpenAPI fields that no method writes, such as `x-` fields; they are merged into the document. */
  extend(patch: OperationPatch): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>

  /** Leaves the operation out of the document; it is served as others are. */
  hidden(): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>

  /** The path parameters, as one object; by default each is a string. */
  params<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly params: TSchema }, TResponses, TCallbacks>

  /** The query parameters, as one object. Text is converted to numbers, booleans, dates and arrays. */
  query<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly query: TSchema }, TResponses, TCallbacks>

  /** The request headers, as one object; names are case-insensitive. */
  headers<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly headers: TSchema }, TResponses, TCallbacks>

  /** The cookies, as one object. */
  cookies<TSchema extends AnySchema>(
    schema: TSchema,
  ): RouteBuilder<TPlace, TRequest & { readonly cookies: TSchema }, TResponses, TCallbacks>

  /** The JSON body. It is optional if the schema accepts `undefined`. */
  body: UnlessBodiless<TPlace['method'], DeclareBody<TPlace, TRequest, TResponses, TCallbacks>>

  /**
   * A body of another media type; after several calls, a request has any one of them.
   * Forms are objects of fields and files; `text/…` is a string, anything else a `Uint8Array`.
   */
  bodyAs: UnlessBodiless<TPlace['method'], DeclareBodyAs<TPlace, TRequest, TResponses, TCallbacks>>

  /** A response: a status, `'4XX'` or `'default'`, and the schema of its JSON body. */
  response<
    TStatus extends DeclaredStatus,
    TSchema extends AnySchema | undefined = undefined,
    THeaders extends AnySchema | undefined = undefined,
  >(
    status: TStatus & StatusProblem<TStatus>,
    schema?: TSchema & (BodyProblem<TStatus> | undefined),
    options?: ResponseOptions<THeaders>,
  ): RouteBuilder<
    TPlace,
    TRequest,
    TResponses & { readonly [TKey in TStatus]: TSchema } & ResponseHeaders<TStatus, THeaders>,
    TCallbacks
  >

  /** A response that is not JSON. For `text/event-stream`, the schema is that of an event's data. */
  responseAs<
    TStatus extends number,
    TType extends string,
    TSchema extends AnySchema | undefined = undefined,
  >(
    status: TStatus & StatusProblem<TStatus> & BodyProblem<TStatus>,
    mediaType: TType,
    schema?: TSchema,
    options?: ResponseOptions,
  ): RouteBuilder<
    TPlace,
    TRequest,
    TResponses & { readonly [TKey in `${TStatus} ${TType}`]: TSchema },
    TCallbacks
  >

  /** Hono middleware that runs before the request is read; its variables are on `c.var`. */
  use<const TMiddlewares extends readonly MiddlewareHandler[]>(
    ...middlewares: TMiddlewares
  ): RouteBuilder<TPlace & { env: MiddlewareEnv<TMiddlewares> }, TRequest, TResponses, TCallbacks>

  /** How a caller authenticates: documented, and enforced by the scheme's middleware. Several calls require all. */
  security<TEnv extends Env>(
    scheme: SecurityScheme<TEnv> | SecurityAlternatives<TEnv>,
  ): RouteBuilder<TPlace & { env: TEnv }, TRequest, TResponses, TCallbacks>

  /** The format of the problem responses of this operation. */
  problems(format: ProblemFormat): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>

  /**
   * A callback that this operation sends, with its name in `handle` and the document. Its key can read only what the
   * chain declares before it; the compiler checks that, and the builder again at run time.
   */
  callback<
    TName extends string,
    TCallback extends AnyCallback,
    TProblem = CallbackProblem<TCallback, TPlace, TRequest, TResponses>,
  >(
    name: NameOrProblem<TName, NoInfer<TProblem>>,
    callback: TCallback,
  ): RouteBuilder<
    TPlace,
    TRequest,
    TResponses,
    TCallbacks & { readonly [TKey in TName]: TCallback }
  >

  /** A link from one of the responses to another operation; its expressions are checked like those of callbacks. */
  link<
    TName extends string,
    TLink extends AnyLink,
    TProblem = LinkProblem<TLink, TPlace, TRequest, TResponses>,
  >(
    name: NameOrProblem<TName, NoInfer<TProblem>>,
    link: TLink,
  ): RouteBuilder<TPlace, TRequest, TResponses, TCallbacks>

  /** Ends the chain with the function that handles requests. */
  handle(
    handler: OperationHandler<TPlace, TRequest, TResponses, TCallbacks>,
  ): Operation<TPlace, TRequest, TResponses, TCallbacks>
}

/** `.body(…)`: the schema of the JSON body, and its description. */
export type DeclareBody<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> = <
  TSchema extends AnySchema,
>(
  schema: TSchema,
  options?: ContentOptions,
) => RouteBuilder<TPlace, TRequest & { readonly body: TSchema }, TResponses, TCallbacks>

/** `.bodyAs(…)`: a media type, the schema of its value, and its description. */
export type DeclareBodyAs<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> = <
  TType extends string,
  TSchema extends AnySchema,
>(
  mediaType: TType,
  schema: TSchema,
  options?: ContentOptions,
) => RouteBuilder<
  TPlace,
  TRequest & { readonly content: { readonly [TKey in TType]: TSchema } },
  TResponses,
  TCallbacks
>

type ResponseHeaders<TStatus extends DeclaredStatus, THeaders> = THeaders extends AnySchema
  ? { readonly [TKey in `${TStatus} headers`]: THeaders }
  : unknown

/** The environment that several middlewares set together. */
export type MiddlewareEnv<TMiddlewares> = TMiddlewares extends readonly [
  infer TFirst,
  ...infer TRest,
]
  ? EnvOf<TFirst> & MiddlewareEnv<TRest>
  : {}
