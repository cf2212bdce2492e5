import {
  type BodyExpression,
  type Exchange,
  type Expression,
  evaluate,
  type NamedExpression,
} from '@ringback/expression'
import type { Outline } from '../schemas/outline/outline.ts'

/** What stands for a value that a callback's key reads and a request leaves out. */
export interface Default {
  readonly expression: NamedExpression | BodyExpression
  /** Of a body's pointer, how many names lead to the member that has the default; 0 for a parameter. */
  readonly depth: number
  readonly value: () => unknown
}

/** The parts of a request whose schemas may have defaults. */
export interface RequestOutlines {
  readonly query: Outline | undefined
  readonly header: Outline | undefined
  readonly body: Outline | undefined
}

/** The defaults that an operation's schemas declare for what an expression reads. */
export function defaultsOf(expression: Expression, outlines: RequestOutlines): readonly Default[] {
  if (!('source' in expression) || expression.root !== 'request') return []
  if (expression.source === 'body') return bodyDefaults(expression, outlines.body)
  if (expression.source === 'path') return []
  const value = outlines[expression.source]?.member(expression.name)?.fallback
  return value ? [{ expression, depth: 0, value }] : []
}

function bodyDefaults(expression: BodyExpression, body: Outline | undefined): readonly Default[] {
  const defaults: Default[] = []
  let outline = body
  for (const [index, name] of (expression.pointer ?? []).entries()) {
    outline = outline?.member(name)
    if (outline?.fallback) defaults.push({ expression, depth: index + 1, value: outline.fallback })
  }
  return defaults
}

/** Puts the defaults of what is missing into an exchange, so that what reads it finds them there. */
export function withDefaults(exchange: Exchange, defaults: readonly Default[]): Exchange {
  let filled = exchange
  for (const one of defaults) {
    const { expression } = one
    if (evaluate(expression, filled).ok) continue
    if (expression.source === 'body') filled = withBodyMember(filled, expression, one)
    else filled = withParameter(filled, expression, one.value())
  }
  return filled
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

/** Only a member whose parent is there has its default; the rest of the pointer reads inside it. */
function withBodyMember(exchange: Exchange, expression: BodyExpression, one: Default): Exchange {
  const pointer = (expression.pointer ?? []).slice(0, one.depth)
  const name = pointer.at(-1)
  const at = (names: readonly string[]) => evaluate({ ...expression, pointer: names }, exchange)
  const parent = at(pointer.slice(0, -1))
  if (name === undefined || !parent.ok || at(pointer).ok) return exchange

  const { request } = exchange
  const body = structuredClone(request.body)
  const copy = evaluate(
    { ...expression, pointer: pointer.slice(0, -1) },
    { request: { ...request, body } },
  )
  if (copy.ok && typeof copy.value === 'object' && copy.value !== null) {
    // defined, since assigning a member named `__proto__` would set the prototype
    const member = { value: one.value(), enumerable: true, configurable: true, writable: true }
    Object.defineProperty(copy.value, name, member)
  }
  return { ...exchange, request: { ...request, body } }
}
