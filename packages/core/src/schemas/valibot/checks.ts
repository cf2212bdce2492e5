import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import { scalarOf } from '../json-value.ts'
import type { ValibotAction } from './data.ts'

/** What a check adds, given what it asks for and the type of what it checks; `undefined` where JSON Schema has no word. */
type Check = (requirement: unknown, type: string) => JsonSchema | undefined

/** What a check asks for; one that JSON Schema has no word for is left out, so that the document says less, and nothing wrong. */
export function checkJson(
  { type, requirement }: ValibotAction,
  of: string,
): JsonSchema | undefined {
  // the most are patterns; some times, too, as they have no seconds or offset, which the formats of their names demand
  const check = Object.hasOwn(CHECKS, type) ? CHECKS[type] : pattern
  return check?.(requirement, of)
}

const format =
  (name: string): Check =>
  () => ({ format: name })

/** A pattern that means the same to JSON Schema, which reads it as Unicode. */
const pattern: Check = (requirement) => {
  if (!(requirement instanceof RegExp) || /[^du]/.test(requirement.flags)) return undefined
  const { source } = requirement
  try {
    return new RegExp(source, 'u') && { pattern: source }
  } catch {
    return undefined
  }
}

type Bounds = readonly ('min' | 'max')[]
type Kind = 'Length' | 'Items' | 'Properties'

/** Bounds of a size, by these keywords. */
const bounds = (bounds: Bounds, ...kinds: readonly Kind[]) => {
  const keywords = bounds.flatMap((bound) => kinds.map((kind) => `${bound}${kind}`))
  return (size: unknown): JsonSchema | undefined => {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
    const json: Record<string, number> = {}
    for (const keyword of keywords) json[keyword] = size
    return json
  }
}

/** Bounds of the sizes that texts and lists have; of which kind is known by the type, or both are said. */
const sizes = (...of: Bounds): Check => {
  const [length, items, both] = [
    bounds(of, 'Length'),
    bounds(of, 'Items'),
    bounds(of, 'Length', 'Items'),
  ]
  return (size, type) => (LIST.test(type) ? items : TEXT.test(type) ? length : both)(size)
}

const entries = (...of: Bounds): Check => bounds(of, 'Properties')

/** Code points are what JSON Schema counts. */
const codePoints = (...of: Bounds): Check => bounds(of, 'Length')

const bound =
  (keyword: string): Check =>
  (requirement) => {
    const value = typeof requirement === 'bigint' ? Number(requirement) : requirement
    return typeof value === 'number' && Number.isFinite(value) ? { [keyword]: value } : undefined
  }

/** JSON Schema takes no divisor below zero, which divides as the one above does; by zero nothing can be divided. */
const multipleOf: Check = (requirement, type) =>
  bound('multipleOf')(Math.abs(Number(requirement)) || undefined, type)

const not =
  (check: Check): Check =>
  (requirement, type) => {
    const json = check(requirement, type)
    return json && { not: json }
  }

const one: Check = (requirement) => {
  const value = scalarOf(requirement)
  return value === undefined ? undefined : { const: value }
}

const several: Check = (requirement) => {
  const values = (requirement as readonly unknown[]).map(scalarOf)
  return values.length === 0 || values.includes(undefined)
    ? undefined
    : { enum: [...new Set(values)] }
}

const contains: Check = (requirement, type) => {
  if (LIST.test(type)) {
    const item = one(requirement, type)
    return item && { contains: item }
  }
  return TEXT.test(type) ? { pattern: escaped(String(requirement)) } : undefined
}

const CHECKS: Readonly<Record<string, Check>> = {
  base64: () => ({ contentEncoding: 'base64' }),
  code_points: codePoints('min', 'max'),
  email: format('email'),
  empty: (_, type) => sizes('max')(0, type),
  ends_with: (requirement) => ({ pattern: `${escaped(String(requirement))}$` }),
  entries: entries('min', 'max'),
  excludes: not(contains),
  gt_value: bound('exclusiveMinimum'),
  // its flag says nothing more than its expression
  hash: (requirement) => ({ pattern: (requirement as RegExp).source }),
  includes: contains,
  integer: () => ({ type: 'integer' }),
  ip: () => ({ anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }),
  ipv4: format('ipv4'),
  ipv6: format('ipv6'),
  iso_date: format('date'),
  iso_timestamp: format('date-time'),
  length: sizes('min', 'max'),
  lt_value: bound('exclusiveMaximum'),
  max_code_points: codePoints('max'),
  max_entries: entries('max'),
  max_length: sizes('max'),
  max_value: bound('maximum'),
  mime_type: (requirement) => {
    const [type, ...others] = requirement as readonly string[]
    return type === undefined || others.length > 0 ? undefined : { contentMediaType: type }
  },
  min_code_points: codePoints('min'),
  min_entries: entries('min'),
  min_length: sizes('min'),
  min_value: bound('minimum'),
  multiple_of: multipleOf,
  non_empty: (_, type) => sizes('min')(1, type),
  not_code_points: not(codePoints('min', 'max')),
  not_entries: not(entries('min', 'max')),
  not_length: (size, type) =>
    LIST.test(type) || TEXT.test(type) ? not(sizes('min', 'max'))(size, type) : undefined,
  not_value: not(one),
  not_values: not(several),
  rfc_email: format('email'),
  safe_integer: () => ({
    type: 'integer',
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
  }),
  starts_with: (requirement) => ({ pattern: `^${escaped(String(requirement))}` }),
  url: format('uri'),
  uuid: format('uuid'),
  value: one,
  values: several,
}

const TEXT = /^(?:string|literal|picklist|enum)$/
const LIST = /^array$|tuple/

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
