import type { Env, MiddlewareHandler } from 'hono'
import type { ForeignPath, PathProblem } from '../checks/path-problem.ts'
import type {
  AnyCallback,
  HttpMethod,
  InheritedCallback,
  OperationDefinition,
  WhenDeclared,
} from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { NewRoutePlace } from '../definition/place.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import { requireKnown } from '../definition/require-known.ts'
import { requireScheme } from '../definition/require-scheme.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { inheritCallbacks } from './inherit-callbacks.ts'
import { withResponse } from './response.ts'
import { startRoute } from './route.ts'
import type { MiddlewareEnv, RouteBuilder } from './route-builder.ts'
import { middlewareOf, requirementOf } from './security.ts'

/** Options that the operations of a group share. */
export interface GroupOptions {
  /** The beginning of each path, in Hono's syntax; it can have parameters. */
  readonly prefix?: string
  readonly tags?: readonly string[]
  /** The requirements, all of which apply; their middleware runs before `use`. */
  readonly security?: readonly (SecurityScheme | SecurityAlternatives)[]
  readonly callbacks?: Readonly<Record<string, AnyCallback | WhenDeclared>>
  /** Schemas of JSON bodies, by status. */
  readonly responses?: { readonly [TStatus in DeclaredStatus]?: AnySchema }
  readonly use?: readonly MiddlewareHandler[]
  readonly problems?: ProblemFormat
}

/** Starts operations whose types include what they inherit. */
export interface Group<TPrefix extends string, TEnv extends Env, TResponses, TCallbacks> {
  /** Starts an operation of the group; the path `/` is the prefix itself. */
  route<TBefore extends string, TName extends string, TAfter extends string>(
    method: HttpMethod,
    path: ForeignPath<TBefore, TName, TAfter>,
  ): PathProblem<TBefore, TName, TAfter>
  route<const TMethod extends HttpMethod, const TPath extends string>(
    method: TMethod,
    path: TPath,
  ): RouteBuilder<NewRoutePlace<TMethod, Joined<TPrefix, TPath>, TEnv>, {}, TResponses, TCallbacks>

  /** Makes a nested group: its prefix follows this one's, and its options extend these. */
  group<const TOptions extends GroupOptions>(
    options: TOptions,
  ): Group<
    Joined<TPrefix, PrefixOf<TOptions>>,
    TEnv & GroupEnv<TOptions>,
    TResponses & Part<TOptions, 'responses'>,
    TCallbacks & Part<TOptions, 'callbacks'>
  >
}

type Joined<TPrefix extends string, TPath extends string> = TPath extends '/' | ''
  ? TPrefix extends ''
    ? '/'
    : TPrefix
  : `${TPrefix}${TPath}`

type PrefixOf<TOptions> = TOptions extends { readonly prefix: infer TPrefix extends string }
  ? TPrefix
  : ''

type Part<TOptions, TName extends keyof GroupOptions> = TOptions extends {
  readonly [TKey in TName]: infer TPart
}
  ? TPart
  : {}

type GroupEnv<TOptions> = MiddlewareEnv<Part<TOptions, 'use'>> &
  SecurityEnv<Part<TOptions, 'security'>>

type SecurityEnv<TSchemes> = TSchemes extends readonly [infer TFirst, ...infer TRest]
  ? (TFirst extends { readonly '~env'?: infer TEnv } ? NonNullable<TEnv> : {}) & SecurityEnv<TRest>
  : {}

// the compiler compares it with the type
const OPTIONS = {
  prefix: 1,
  tags: 1,
  security: 1,
  callbacks: 1,
  responses: 1,
  use: 1,
  problems: 1,
} satisfies Record<keyof GroupOptions, 1>

/** The definition that operations inherit from their groups. */
interface Inheritance extends Partial<OperationDefinition> {
  readonly prefix: string
}

/**
 * Groups operations that share a prefix, tags, security, callbacks, responses and middleware. An outermost group
 * holds the defaults of a whole API.
 *
 * @example
 * const orders = group({ prefix: '/tenants/:tenant/orders', tags: ['orders'], callbacks: { shipped } })
 * const shipOrder = orders.route('put', '/:id/ship').response(204)
 *
 * @throws {CoreError} with `path` for a prefix that does not begin with a slash, `duplicate-name` for a callback
 *   `set-twice` for a response that an outer group declares too, or `option` for an
 *   option that does not exist
 */
export function group<const TOptions extends GroupOptions>(
  options: TOptions,
): Group<
  PrefixOf<TOptions>,
  GroupEnv<TOptions>,
  Part<TOptions, 'responses'>,
  Part<TOptions, 'callbacks'>
> {
  // the only cast: the inheritance is untyped data, the interface is its typed view
  return fromInheritance(inherit({ prefix: '' }, options)) as ReturnType<typeof group<TOptions>>
}

function fromInheritance(inheritance: Inheritance): object {
  const { prefix, ...start } = inheritance
  return Object.freeze({
    route: (method: HttpMethod, path: string) => {
      if (!path.startsWith('/')) {
        throw new CoreError('path', `the path '${path}' must begin with '/'`)
      }
      return startRoute({ ...start, method, path: path === '/' ? prefix || '/' : prefix + path })
    },
    group: (options: GroupOptions) => fromInheritance(inherit(inheritance, options)),
  })
}

function inherit(outer: Inheritance, options: GroupOptions): Inheritance {
  requireKnown(options, OPTIONS, `the group '${outer.prefix + prefixOf(options)}'`)
  const prefix = outer.prefix + prefixOf(options)
  const from = prefix === '' ? 'the group without a prefix' : `the group '${prefix}'`
  const requirements = (options.security ?? []).map((scheme) => {
    requireScheme(scheme, `the group '${options.prefix ?? ''}'`)
    return requirementOf(scheme)
  })
  const problems = options.problems ?? outer.problems
  const responses = Object.entries(options.responses ?? {}).reduce(
    (all, [status, schema]) =>
      withResponse(all, {
        status: statusOf(status),
        schema,
        options: undefined,
        owner: from,
        from,
      }),
    outer.responses ?? {},
  )
  return {
    prefix,
    ...(outer.tags || options.tags
      ? { tags: [...(outer.tags ?? []), ...(options.tags ?? [])] }
      : {}),
    ...(outer.security || requirements.length > 0
      ? { security: [...(outer.security ?? []), ...requirements] }
      : {}),
    responses,
    inherit: inheritCallbacks,
    inherited: withCallbacks(outer.inherited ?? {}, options.callbacks ?? {}, from),
    middleware: [
      ...(outer.middleware ?? []),
      ...requirements.map(middlewareOf),
      ...(options.use ?? []),
    ],
    ...(problems && { problems }),
  }
}

function prefixOf({ prefix = '' }: GroupOptions): string {
  if (prefix === '' || /^\/.*[^/]$/s.test(prefix)) return prefix
  throw new CoreError(
    'path',
    `the prefix '${prefix}' must begin with '/', and must not end with it`,
  )
}

function statusOf(status: string): DeclaredStatus {
  // `withResponse` checks it
  return (/^\d+$/.test(status) ? Number(status) : status) as DeclaredStatus
}

function withCallbacks(
  outer: Readonly<Record<string, InheritedCallback>>,
  callbacks: NonNullable<GroupOptions['callbacks']>,
  from: string,
): Record<string, InheritedCallback> {
  const inherited = { ...outer }
  for (const [name, callback] of Object.entries(callbacks)) {
    const other = inherited[name]
    if (other !== undefined && Object.hasOwn(outer, name)) {
      throw new CoreError(
        'duplicate-name',
        `the callback '${name}' is declared by ${other.from} and by ${from}; give one of them another name`,
      )
    }
    const whenDeclared = '~whenDeclared' in callback
    inherited[name] = { attach: callback['~attach'], whenDeclared, from }
  }
  return inherited
}
