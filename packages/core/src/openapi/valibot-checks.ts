import type { ValibotAction } from '../valibot-data.ts'
import { jsonValue } from './json-value.ts'
import type { JsonSchema } from './message-types.ts'
import { narrow } from './narrow.ts'

/** What a check adds, given what it asks for and the type of what it checks; `undefined` where JSON Schema has no word. */
type Check = (requirement: unknown, type: string) => JsonSchema | undefined

/** The schema with one check more; one that JSON Schema has no word for is left out, so that the document says less, and nothing wrong. */
export function checked(
  json: JsonSchema,
  { type, requirement }: ValibotAction,
  checkedType: string,
): JsonSchema {
  const more = CHECKS[type]?.(requirement, checkedType)
  return more ? narrow(json, more) : json
}

const format =
  (name: string): Check =>
  () => ({ format: name })

const pattern: Check = (requirement) => {
  if (!(requirement instanceof RegExp) || /[^du]/.test(requirement.flags)) return undefined
  return isPattern(requirement.source) ? { pattern: requirement.source } : undefined
}

/** A member of the sizes that texts, lists and records have; of which kind is known by the type, or all are said. */
const sizes =
  (...bounds: readonly ('min' | 'max')[]): Check =>
  (size, type) => {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
    const kind = isList(type) ? 'Items' : 'Length'
    const kinds = isList(type) || TEXTS.has(type) ? [kind] : ['Length', 'Items']
    return Object.fromEntries(
      bounds.flatMap((bound) => kinds.map((one) => [`${bound}${one}`, size])),
    )
  }

const entries =
  (...bounds: readonly ('min' | 'max')[]): Check =>
  (size) =>
    typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
      ? Object.fromEntries(bounds.map((bound) => [`${bound}Properties`, size]))
      : undefined

/** Code points are what JSON Schema counts. */
const codePoints =
  (...bounds: readonly ('min' | 'max')[]): Check =>
  (size) =>
    sizes(...bounds)(size, 'string')

const bound =
  (keyword: string): Check =>
  (requirement) => {
    const value = typeof requirement === 'bigint' ? Number(requirement) : requirement
    return typeof value === 'number' && Number.isFinite(value) ? { [keyword]: value } : undefined
  }

const not =
  (check: Check): Check =>
  (requirement, type) => {
    const json = check(requirement, type)
    return json && { not: json }
  }

const one: Check = (requirement) => {
  const value = scalar(requirement)
  return value === undefined ? undefined : { const: value }
}

const several: Check = (requirement) => {
  const values = (requirement as readonly unknown[]).map(scalar)
  return values.length === 0 || values.includes(undefined)
    ? undefined
    : { enum: [...new Set(values)] }
}

const contains: Check = (requirement, type) => {
  if (isList(type)) {
    const item = one(requirement, type)
    return item && { contains: item }
  }
  return typeof requirement === 'string' ? { pattern: escaped(requirement) } : undefined
}

const CHECKS: Readonly<Record<string, Check>> = {
  base64: () => ({ contentEncoding: 'base64' }),
  bic: pattern,
  code_points: codePoints('min', 'max'),
  cuid2: pattern,
  decimal: pattern,
  digits: pattern,
  domain: pattern,
  email: format('email'),
  emoji: pattern,
  empty: (_, type) => sizes('max')(0, type),
  ends_with: (requirement) => ({ pattern: `${escaped(String(requirement))}$` }),
  entries: entries('min', 'max'),
  excludes: not(contains),
  gt_value: bound('exclusiveMinimum'),
  // its flag says nothing more than its expression
  hash: (requirement) => ({ pattern: (requirement as RegExp).source }),
  hex_color: pattern,
  hexadecimal: pattern,
  includes: contains,
  integer: () => ({ type: 'integer' }),
  ip: () => ({ anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }),
  ipv4: format('ipv4'),
  ipv6: format('ipv6'),
  iso_date: format('date'),
  // without seconds or an offset, which the formats of these names demand
  iso_date_time: pattern,
  iso_date_time_second: pattern,
  iso_time: pattern,
  iso_time_second: pattern,
  iso_timestamp: format('date-time'),
  iso_week: pattern,
  isrc: pattern,
  jws_compact: pattern,
  ksuid: pattern,
  length: sizes('min', 'max'),
  lt_value: bound('exclusiveMaximum'),
  mac: pattern,
  mac48: pattern,
  mac64: pattern,
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
  multiple_of: bound('multipleOf'),
  nanoid: pattern,
  non_empty: (_, type) => sizes('min')(1, type),
  not_code_points: not(codePoints('min', 'max')),
  not_entries: not(entries('min', 'max')),
  not_length: (size, type) =>
    isList(type) || TEXTS.has(type) ? not(sizes('min', 'max'))(size, type) : undefined,
  not_value: not(one),
  not_values: not(several),
  octal: pattern,
  regex: pattern,
  rfc_email: format('email'),
  safe_integer: () => ({
    type: 'integer',
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
  }),
  slug: pattern,
  starts_with: (requirement) => ({ pattern: `^${escaped(String(requirement))}` }),
  ulid: pattern,
  url: format('uri'),
  uuid: format('uuid'),
  value: one,
  values: several,
}

const TEXTS: ReadonlySet<string> = new Set(['string', 'literal', 'picklist', 'enum'])

function isList(type: string): boolean {
  return type === 'array' || type.endsWith('tuple') || type === 'tuple_with_rest'
}

function scalar(value: unknown): unknown {
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : undefined
  return typeof value === 'object' ? undefined : jsonValue(value)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Whether it means the same to JSON Schema, which reads patterns as Unicode. */
function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') !== undefined
  } catch {
    return false
  }
}
