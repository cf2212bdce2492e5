import type { DeclaredTypes, KeyProblem } from '@ringback/expression'
import type { ParamKeys } from 'hono/types'
import { checkedTemplate, declarationsOf } from '../checks/check-expressions.ts'
import type { Declarations, NameOf } from '../checks/check-types.ts'
import type { OperationDefinition, OperationLink } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { nearest } from '../definition/nearest.ts'
import { pathParametersOf } from '../definition/path.ts'
import type { RoutePlace } from '../definition/place.ts'
import type { AnySchema, InputOf } from '../definition/schema.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { outlineOf } from '../schemas/outline/outline-of.ts'

/** An operation, or the builder of one: what a link leads to. */
export interface LinkTarget {
  readonly '~definition': OperationDefinition
  readonly '~types'?: { place: RoutePlace; request: unknown }
}

/** What a link says: which answer has it, and which values of the exchange the other operation takes. */
export interface LinkOptions {
  /** The answer that has the link. */
  readonly status: DeclaredStatus
  /** By the target's parameter (`id`, or `path.id` where two have one name): a runtime expression or a constant. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** A runtime expression, or the body itself. */
  readonly requestBody?: unknown
  readonly description?: string
}

/** A link, before an operation has it. */
export interface Link<TTarget extends LinkTarget, TOptions extends LinkOptions> {
  /** Makes it a link of an operation; here, so that only an app with links carries the check. */
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationLink
  /** Only a type: what `route(…).link` checks. */
  readonly '~link'?: { target: TTarget; options: TOptions }
}

/** Any link, wherever it leads. */
export interface AnyLink {
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationLink
  readonly '~link'?: { target: LinkTarget; options: LinkOptions }
}

/**
 * Declares a link: from an answer to another operation, whose parameters are values of the exchange.
 *
 * @example
 * const createOrder = route('post', '/orders')
 *   .response(201, v.object({ id: v.string() }))
 *   .link('getOrder', link(getOrder, { status: 201, parameters: { id: '$response.body#/id' } }))
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#link-object
 */
export function link<TTarget extends LinkTarget, const TOptions extends LinkOptions>(
  target: TTarget,
  options: TOptions,
): Link<TTarget, TOptions> {
  return Object.freeze({
    '~attach': (operation: OperationDefinition, name: string) =>
      attach(operation, name, { target: target['~definition'], options }),
  })
}

/** What is wrong with a link for this operation, as one sentence; `never` when nothing is. */
export type LinkProblem<TLink extends AnyLink, TPlace extends RoutePlace, TRequest, TResponses> =
  NonNullable<TLink['~link']> extends { target: infer TTarget; options: infer TOptions }
    ?
        | ParameterProblem<
            ParametersOf<TOptions>,
            TTarget,
            Declarations<TPlace['path'], TRequest, ResponsesOf<TResponses, TOptions>>
          >
        | (TOptions extends { readonly requestBody: infer TBody extends string }
            ? KeyProblem<
                TBody,
                Declarations<TPlace['path'], TRequest, ResponsesOf<TResponses, TOptions>>
              >
            : never)
        | StatusProblem<TResponses, TOptions>
    : never

type ParametersOf<TOptions> = TOptions extends { readonly parameters: infer TParameters }
  ? TParameters
  : {}

type StatusProblem<TResponses, TOptions> = TOptions extends {
  readonly status: infer TStatus extends string | number
}
  ? TStatus extends keyof TResponses
    ? never
    : `the response ${TStatus} is not declared`
  : never

type ResponsesOf<TResponses, TOptions> = TOptions extends {
  readonly status: infer TStatus extends string | number
}
  ? Pick<TResponses, Extract<keyof TResponses, TStatus | `${TStatus} headers`>>
  : {}

type ParameterProblem<TParameters, TTarget, TDeclared extends DeclaredTypes> = {
  [TName in keyof TParameters & string]: TName extends TargetNames<TTarget>
    ? TParameters[TName] extends infer TValue extends string
      ? KeyProblem<TValue, TDeclared>
      : never
    : `the linked operation has no parameter '${TName}'`
}[keyof TParameters & string]

type TargetNames<TTarget> = TTarget extends {
  readonly '~types'?: { place: infer TPlace extends RoutePlace; request: infer TRequest }
}
  ?
      | Qualified<'path', NameOf<ParamKeys<TPlace['path']>>>
      | Qualified<'query', NamesIn<TRequest, 'query'>>
      | Qualified<'header', NamesIn<TRequest, 'headers'>>
      | Qualified<'cookie', NamesIn<TRequest, 'cookies'>>
  : string

type Qualified<TIn extends string, TName extends string> = TName | `${TIn}.${TName}`

type NamesIn<TRequest, TPart extends string> = TRequest extends {
  readonly [TKey in TPart]: infer TSchema extends AnySchema
}
  ? keyof InputOf<TSchema> & string
  : never

interface Leading {
  readonly target: OperationDefinition
  readonly options: LinkOptions
}

function attach(
  operation: OperationDefinition,
  name: string,
  { target, options }: Leading,
): OperationLink {
  const place = `the link '${name}' of ${operation.method.toUpperCase()} ${operation.path}`
  const status = String(options.status)
  if (!Object.hasOwn(operation.responses, status)) {
    throw new CoreError('expression', `${place}: the response ${status} is not declared`)
  }
  const declarations = declarationsOf(operation, status)
  const checked = (value: unknown) =>
    typeof value === 'string' && value.startsWith('$')
      ? checkedTemplate(value, declarations, { place, what: 'the link that reads it' }).source
      : value

  const names = parameterNamesOf(target)
  const parameters = Object.entries(options.parameters ?? {}).map(([parameter, value]) => {
    if (!names.includes(parameter)) {
      const near = nearest(parameter, names)
      const hint = near === undefined ? '' : `; did you mean '${near}'?`
      throw new CoreError(
        'expression',
        `${place}: the linked operation has no parameter '${parameter}'${hint}`,
      )
    }
    return [parameter, checked(value)]
  })
  return {
    status,
    target,
    parameters: Object.fromEntries(parameters),
    ...(options.requestBody !== undefined && { requestBody: checked(options.requestBody) }),
    ...(options.description !== undefined && { description: options.description }),
  }
}

function parameterNamesOf({ path, request }: OperationDefinition): string[] {
  const { query, headers, cookies } = request
  const qualified = (part: string, names: readonly string[]) =>
    names.flatMap((name) => [name, `${part}.${name}`])
  const namesOf = (schema: AnySchema | undefined) =>
    schema ? outlineOf(schema, 'input').names : []
  return [
    ...qualified('path', pathParametersOf(path)),
    ...qualified('query', namesOf(query)),
    ...qualified('header', namesOf(headers)),
    ...qualified('cookie', namesOf(cookies)),
  ]
}
