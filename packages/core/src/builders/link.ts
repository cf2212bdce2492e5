import type { DeclaredTypes, KeyProblem } from '@ringback/expression'
import type { ParamKeys } from 'hono/types'
import { checkTemplate } from '../checks/check-expressions.ts'
import type { OperationDeclarations, PathParameterName } from '../checks/check-types.ts'
import { declarationsOf } from '../checks/declarations.ts'
import { parseKey } from '../checks/parse-key.ts'
import type { OperationDefinition, OperationLink } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { suggestNearest } from '../definition/nearest.ts'
import { PARAMETER_PARTS, type ParameterNames } from '../definition/parts.ts'
import { pathParametersOf, placeOf } from '../definition/path.ts'
import type { RoutePlace } from '../definition/place.ts'
import type { AnySchema, InputOf } from '../definition/schema.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { outlineOf } from '../schemas/outline-of.ts'

/** The target of a link: an operation, or the builder of one. */
export interface LinkTarget {
  readonly '~definition': OperationDefinition
  readonly '~types'?: { place: RoutePlace; request: unknown }
}

/** Options of a link: the response that has it, and the values of the exchange that the target takes. */
export interface LinkOptions {
  /** The status of the response that has the link. */
  readonly status: DeclaredStatus
  /** Runtime expressions or constants, by the target's parameter: `id`, or `path.id` if two share a name. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** A runtime expression or a constant. */
  readonly requestBody?: unknown
  readonly description?: string
}

/** A link, which any operation can take. */
export interface Link<TTarget extends LinkTarget, TOptions extends LinkOptions> {
  /** Checks the link for an operation; a member, so that only apps with links bundle the check. */
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationLink
  /** Only a type: the input of the compiler's check in `route(…).link`. */
  readonly '~link'?: { target: TTarget; options: TOptions }
}

/** Any link. */
export interface AnyLink {
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationLink
  readonly '~link'?: { target: LinkTarget; options: LinkOptions }
}

/**
 * Declares a link from a response to another operation, whose parameters are values of the exchange.
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
      attachLink(operation, name, { target: target['~definition'], options }),
  })
}

/** The problem of a link for this operation as one sentence; `never` if there is none. */
export type LinkProblem<TLink extends AnyLink, TPlace extends RoutePlace, TRequest, TResponses> =
  NonNullable<TLink['~link']> extends { target: infer TTarget; options: infer TOptions }
    ?
        | ParameterProblem<
            ParametersOf<TOptions>,
            TTarget,
            OperationDeclarations<TPlace['path'], TRequest, ResponsesOf<TResponses, TOptions>>
          >
        | (TOptions extends { readonly requestBody: infer TBody extends string }
            ? KeyProblem<
                TBody,
                OperationDeclarations<TPlace['path'], TRequest, ResponsesOf<TResponses, TOptions>>,
                'link'
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
    : `the response ${TStatus} is not declared; declare it before the link`
  : never

type ResponsesOf<TResponses, TOptions> = TOptions extends {
  readonly status: infer TStatus extends string | number
}
  ? Pick<TResponses, Extract<keyof TResponses, TStatus | `${TStatus} headers`>>
  : {}

type ParameterProblem<TParameters, TTarget, TDeclared extends DeclaredTypes> = {
  [TName in keyof TParameters & string]: TName extends TargetNames<TTarget>
    ? TParameters[TName] extends infer TValue extends string
      ? KeyProblem<TValue, TDeclared, 'link'>
      : never
    : `the linked operation has no parameter '${TName}'`
}[keyof TParameters & string]

type TargetNames<TTarget> = TTarget extends {
  readonly '~types'?: { place: infer TPlace extends RoutePlace; request: infer TRequest }
}
  ?
      | Qualified<'path', PathParameterName<ParamKeys<TPlace['path']>>>
      | DeclaredNames<TRequest, Exclude<ParameterNames, { part: 'params' }>>
  : string

type Qualified<TLocation extends string, TName extends string> = TName | `${TLocation}.${TName}`

/** The parameters that the schemas of the parts name. */
type DeclaredNames<TRequest, TNames extends ParameterNames> = TNames extends unknown
  ? TRequest extends { readonly [TPart in TNames['part']]: infer TSchema extends AnySchema }
    ? Qualified<TNames['location'], keyof InputOf<TSchema> & string>
    : never
  : never

interface LinkDeclaration {
  readonly target: OperationDefinition
  readonly options: LinkOptions
}

/** Checks a link for an operation, and makes it one of that operation. */
function attachLink(
  operation: OperationDefinition,
  name: string,
  { target, options }: LinkDeclaration,
): OperationLink {
  const place = `the link '${name}' of ${placeOf(operation)}`
  const status = String(options.status)
  if (!Object.hasOwn(operation.responses, status)) {
    throw new CoreError(
      'expression',
      `${place}: the response ${status} is not declared; declare it before the link`,
    )
  }
  const declarations = declarationsOf(operation, status)
  const check = (value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('$')) return value
    const template = parseKey(value, declarations, place)
    checkTemplate(template, declarations, { place, noun: 'link' })
    return template.source
  }

  const names = parameterNamesOf(target)
  const parameters = Object.entries(options.parameters ?? {}).map(([parameter, value]) => {
    if (!names.includes(parameter)) {
      throw new CoreError(
        'expression',
        `${place}: the linked operation has no parameter '${parameter}'${suggestNearest(parameter, names)}`,
      )
    }
    return [parameter, check(value)]
  })
  return {
    status,
    target,
    parameters: Object.fromEntries(parameters),
    ...(options.requestBody !== undefined && { requestBody: check(options.requestBody) }),
    ...(options.description !== undefined && { description: options.description }),
  }
}

function parameterNamesOf({ path, request }: OperationDefinition): string[] {
  return PARAMETER_PARTS.flatMap(({ part, location }) => {
    const schema = request[part]
    const declared = schema ? outlineOf(schema, 'input').names : []
    const names = part === 'params' ? pathParametersOf(path) : declared
    return names.flatMap((name) => [name, `${location}.${name}`])
  })
}
