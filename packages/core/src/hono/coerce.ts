import type { AnySchema } from '../definition/schema.ts'
import { ANY, type Kind, type Outline, takesText } from '../schemas/outline.ts'
import { outlineOf } from '../schemas/outline-of.ts'

/** Fields as sent: text, or an array for a repeated name; forms also have files. */
export type Fields = Record<string, unknown>

/** Converts the values of fields to the types of their schemas, in place. */
export type Coerce = (fields: Fields) => void

/**
 * Makes a function that converts text to a number, boolean, bigint, date or array, for fields whose schema takes that
 * and not the text. Text that cannot be converted stays the same, and the schema refuses it. `undefined` if every
 * field takes text.
 */
export function coercionOf(
  schema: AnySchema,
  { commas }: { readonly commas: boolean },
): Coerce | undefined {
  return outlineCoercion(outlineOf(schema, 'input'), commas)
}

function outlineCoercion(outline: Outline, commas: boolean): Coerce | undefined {
  const { parts, branches } = outline
  if (parts) {
    const coercions = parts.flatMap((part) => outlineCoercion(part, commas) ?? [])
    if (coercions.length === 0) return undefined
    return (values) => {
      for (const coerce of coercions) coerce(values)
    }
  }
  const coerceAll = fieldCoercion(outline, commas)
  const variants = branches?.map((branch) => ({
    fits: branchTest(branch),
    coerce: outlineCoercion(branch, commas),
  }))
  if (!variants?.some(({ coerce }) => coerce)) return coerceAll
  return (values) => {
    const fitting = variants.filter(({ fits }) => fits(values))
    // where the fields do not tell which branch is meant, each is converted to what any of them takes
    const coerce = fitting.length === 1 ? fitting[0]?.coerce : coerceAll
    coerce?.(values)
  }
}

function fieldCoercion(outline: Outline, commas: boolean): Coerce | undefined {
  const fields = [...new Set(outline.names)].flatMap((name) => {
    const convert = conversionOf(outline.member(name) ?? ANY, commas)
    return convert ? ([[name, convert]] as const) : []
  })
  if (fields.length === 0) return undefined
  return (values) => {
    for (const [name, convert] of fields) {
      const value = values[name]
      if (value !== undefined) values[name] = convert(value)
    }
  }
}

/** Makes a function that tells whether the fields with fixed values have one of them, such as the kind of a variant. */
function branchTest(branch: Outline): (fields: Fields) => boolean {
  const fixed = branch.names.flatMap((name) => {
    const member = branch.member(name) ?? ANY
    const { values, fallback } = member
    if (!values) return []
    const convert = conversionOf(member, false)
    return (fields: Fields): boolean => {
      const sent = fields[name]
      if (sent === undefined) return !fallback || values.includes(fallback())
      return values.includes(convert ? convert(sent) : sent)
    }
  })
  return (fields) => fixed.every((fits) => fits(fields))
}

/** The names of the fields that take arrays of text. */
export function textListsOf(schema: AnySchema): ReadonlySet<string> | undefined {
  const outline = outlineOf(schema, 'input')
  const names = outline.names.filter((name) => {
    const member = outline.member(name) ?? ANY
    return isList(member) && takesSomeText(itemOf(member).kinds())
  })
  return names.length > 0 ? new Set(names) : undefined
}

type Convert = (value: unknown) => unknown

function conversionOf(outline: Outline, commas: boolean): Convert | undefined {
  const kinds = outline.kinds()
  if (takesText(kinds) || kinds.every((kind) => kind === 'word')) return undefined
  const convert: Convert = isList(outline)
    ? listConversion(outline, commas)
    : (value) => (typeof value === 'string' ? convertText(value, kinds) : value)
  if (!kinds.includes('word')) return convert
  return (value) =>
    typeof value === 'string' && outline.takesWord?.(value) ? value : convert(value)
}

function listConversion(outline: Outline, commas: boolean): Convert {
  const item = itemOf(outline)
  const convertItem = conversionOf(item, false)
  // each item of a tuple has its own converter
  const converterAt = (index: number) =>
    outline.item ? convertItem : conversionOf(outline.member(String(index)) ?? ANY, false)
  // lists of text are split by the reader of the query, which knows the commas that were encoded
  const split = commas && !takesSomeText(item.kinds())
  return (value) => {
    const values = Array.isArray(value) ? value : [value]
    return (split ? values.flatMap((one) => listOf(String(one))) : values).map((one, index) => {
      const convert = converterAt(index)
      return convert ? convert(one) : one
    })
  }
}

function takesSomeText(kinds: readonly Kind[]): boolean {
  return takesText(kinds) || kinds.includes('word')
}

/** The items of a list separated by commas, without the space around them. */
export function listOf(text: string): string[] {
  return text.split(',').map((item) => item.trim())
}

function isList(outline: Outline): boolean {
  const kinds = outline.kinds()
  return kinds.includes('array') && !takesText(kinds)
}

function itemOf(outline: Outline): Outline {
  return outline.item?.() ?? ANY
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i
const INTEGER = /^-?(?:0|[1-9]\d*)$/
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/i

function convertText(text: string, kinds: readonly Kind[]): unknown {
  if (kinds.includes('bigint') && INTEGER.test(text)) return BigInt(text)
  if (kinds.includes('number') && NUMBER.test(text)) return numberOf(text) ?? text
  if (kinds.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (kinds.includes('date') && DATE.test(text)) return dateOf(text) ?? text
  return text
}

/** The number; `undefined` if it is too large, for which `Number` returns Infinity. */
function numberOf(text: string): number | undefined {
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}

/** The date; `undefined` for a day such as February 30, which `Date` takes for one in March. */
function dateOf(text: string): Date | undefined {
  const day = text.slice(0, 10)
  const midnight = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}
