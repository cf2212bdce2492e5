import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { ValibotAction } from './data.ts'
import { scalarOf } from './json-value.ts'

/** Returns the keywords of a check, given its requirement and the type of the checked value; `undefined` for none. */
type Check = (requirement: unknown, type: string) => JsonSchema | undefined

/** Converts a check to keywords. One without keywords is left out: the document says less, but nothing wrong. */
export function checkJson(
  { type, requirement }: ValibotAction,
  of: string,
): JsonSchema | undefined {
  // most are patterns, the times included: JSON Schema's formats of these names require seconds and an offset
  const check = Object.hasOwn(CHECKS, type) ? CHECKS[type] : pattern
  return check?.(requirement, of)
}

const format =
  (name: string): Check =>
  () => ({ format: name })

/** A pattern, if JSON Schema, which reads patterns as Unicode, reads it alike. */
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

/** Bounds of the sizes of these kinds. */
const sizeBounds = (of: Bounds, ...kinds: readonly Kind[]) => {
  const keywords = of.flatMap((bound) => kinds.map((kind) => `${bound}${kind}`))
  return (size: unknown): JsonSchema | undefined => {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
    const json: Record<string, number> = {}
    for (const keyword of keywords) json[keyword] = size
    return json
  }
}

/** Bounds of the size of a text or an array; of both where the type leaves it open. */
const sizes = (...of: Bounds): Check => {
  const length = sizeBounds(of, 'Length')
  const items = sizeBounds(of, 'Items')
  const both = sizeBounds(of, 'Length', 'Items')
  return (size, type) => (LIST.test(type) ? items : TEXT.test(type) ? length : both)(size)
}

const entries = (...of: Bounds): Check => sizeBounds(of, 'Properties')

/** JSON Schema counts text in code points. */
const codePoints = (...of: Bounds): Check => sizeBounds(of, 'Length')

const bound =
  (keyword: string): Check =>
  (requirement) => {
    const value = typeof requirement === 'bigint' ? Number(requirement) : requirement
    return typeof value === 'number' && Number.isFinite(value) ? { [keyword]: value } : undefined
  }

/** A divisor must be positive in JSON Schema; a negative one divides alike, and by zero nothing divides. */
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
  const values = Array.isArray(requirement) ? requirement.map(scalarOf) : []
  return values.length === 0 || values.includes(undefined)
    ? undefined
    : { enum: [...new Set(values)] }
}

const contains: Check = (requirement, type) => {
  if (LIST.test(type)) {
    const item = one(requirement, type)
    return item && { contains: item }
  }
  return TEXT.test(type) ? { pattern: literalPattern(String(requirement)) } : undefined
}

const CHECKS: Readonly<Record<string, Check>> = {
  base64: () => ({ contentEncoding: 'base64' }),
  code_points: codePoints('min', 'max'),
  email: format('email'),
  empty: (_, type) => sizes('max')(0, type),
  ends_with: (requirement) => ({ pattern: `${literalPattern(String(requirement))}$` }),
  entries: entries('min', 'max'),
  excludes: not(contains),
  gt_value: bound('exclusiveMinimum'),
  // its flag adds nothing to its expression
  hash: (requirement) =>
    requirement instanceof RegExp ? { pattern: requirement.source } : undefined,
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
    const [type, ...others] = Array.isArray(requirement) ? requirement : []
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
  starts_with: (requirement) => ({ pattern: `^${literalPattern(String(requirement))}` }),
  url: format('uri'),
  uuid: format('uuid'),
  value: one,
  values: several,
}

const TEXT = /^(?:string|literal|picklist|enum)$/
const LIST = /^array$|tuple/

/** A pattern for this very text. */
function literalPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
