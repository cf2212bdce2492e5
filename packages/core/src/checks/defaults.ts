import {
  type BodyExpression,
  type Exchange,
  type Expression,
  evaluate,
  type NamedExpression,
  type Resolution,
} from '@ringback/expression'
import type { Outline } from '../schemas/outline.ts'
import type { Declarations } from './declarations.ts'

/** The default of a value that a callback's key reads. */
export interface Default {
  readonly expression: NamedExpression | BodyExpression
  /** The length of the pointer to the member of the body that has the default; 0 for a parameter. */
  readonly depth: number
  readonly value: () => unknown
  /** It takes the place of `null`, and not of an absent value. */
  readonly isForNull: boolean
}

/** The declared defaults of the value that an expression reads, and of its parents. */
export function defaultsOf(
  expression: Expression,
  request: Declarations['request'],
): readonly Default[] {
  if (!('source' in expression) || expression.root !== 'request') return []
  if (expression.source === 'body') return bodyDefaults(expression, request.body)
  if (expression.source === 'path') return []
  const value = request[expression.source]?.member(expression.name)?.fallback
  return value ? [{ expression, depth: 0, value, isForNull: false }] : []
}

function bodyDefaults(expression: BodyExpression, body: Outline | undefined): readonly Default[] {
  const defaults: Default[] = []
  let outline = body
  for (const [index, name] of (expression.pointer ?? []).entries()) {
    outline = outline?.member(name)
    const { fallback, nullFallback } = outline ?? {}
    const at = { expression, depth: index + 1 }
    if (fallback) defaults.push({ ...at, value: fallback, isForNull: false })
    if (nullFallback) defaults.push({ ...at, value: nullFallback, isForNull: true })
  }
  return defaults
}

/** Adds the defaults of missing values to a copy of an exchange. */
export function withDefaults(exchange: Exchange, defaults: readonly Default[]): Exchange {
  let filled = exchange
  for (const one of defaults) {
    const { expression } = one
    // an ancestor of the value may be null
    if (!one.isForNull && evaluate(expression, filled).ok) continue
    if (expression.source === 'body') filled = withBodyMember(filled, expression, one)
    else filled = withParameter(filled, expression, one.value())
  }
  return filled
}

function isReplaced(read: Resolution, { isForNull }: Default): boolean {
  return isForNull ? read.ok && read.value === null : !read.ok
}

function withParameter(
  exchange: Exchange,
  { source, name }: NamedExpression,
  value: unknown,
): Exchange {
  const { request } = exchange
  if (source === 'header') {
    const headers = { ...request.headers, [name]: String(value) }
    return { ...exchange, request: { ...request, headers } }
  }
  const url = new URL(request.url)
  for (const one of Array.isArray(value) ? value : [value])
    url.searchParams.append(name, String(one))
  return { ...exchange, request: { ...request, url: url.href } }
}

/** Adds the default of a member that is missing, if its parent exists. */
function withBodyMember(exchange: Exchange, expression: BodyExpression, one: Default): Exchange {
  const pointer = (expression.pointer ?? []).slice(0, one.depth)
  const name = pointer.at(-1)
  const at = (names: readonly string[]) => evaluate({ ...expression, pointer: names }, exchange)
  const parent = at(pointer.slice(0, -1))
  if (name === undefined || !parent.ok || !isReplaced(at(pointer), one)) return exchange

  const { request } = exchange
  const body = structuredClone(request.body)
  const copy = evaluate(
    { ...expression, pointer: pointer.slice(0, -1) },
    { request: { ...request, body } },
  )
  if (copy.ok && typeof copy.value === 'object' && copy.value !== null) {
    // an assignment to `__proto__` would set the prototype
    const member = { value: one.value(), enumerable: true, configurable: true, writable: true }
    Object.defineProperty(copy.value, name, member)
  }
  return { ...exchange, request: { ...request, body } }
}
