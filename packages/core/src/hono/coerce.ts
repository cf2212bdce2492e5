import type { AnySchema } from '../definition/schema.ts'
import { ANY, type Kind, type Outline, takesText } from '../schemas/outline.ts'
import { outlineOf } from '../schemas/outline-of.ts'

/** Fields as sent: text, or an array for a repeated name; forms also have files. */
export type Fields = Record<string, unknown>

/** Converts the values of fields to the types of their schemas, in place. */
export type Coerce = (fields: Fields) => void

/**
 * Makes a function that converts text to a number, boolean, bigint, date or array, for fields whose schema takes that
 * and no text. Text that cannot be converted stays the same, and the schema refuses it. `undefined` if every field
 * takes text.
 */
export function coercionOf(
  schema: AnySchema,
  { commas }: { readonly commas: boolean },
): Coerce | undefined {
  const outline = outlineOf(schema, 'input')
  const fields = outline.names.flatMap((name) => {
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

/** The names of the fields that take arrays of text. */
export function textListsOf(schema: AnySchema): ReadonlySet<string> | undefined {
  const outline = outlineOf(schema, 'input')
  const names = outline.names.filter((name) => {
    const member = outline.member(name) ?? ANY
    return isList(member) && takesText(itemOf(member).kinds())
  })
  return names.length > 0 ? new Set(names) : undefined
}

type Convert = (value: unknown) => unknown

function conversionOf(outline: Outline, commas: boolean): Convert | undefined {
  const kinds = outline.kinds()
  if (isList(outline)) {
    const item = itemOf(outline)
    const convertItem = conversionOf(item, false)
    // each item of a tuple has its own converter
    const converterAt = (index: number) =>
      outline.item ? convertItem : conversionOf(outline.member(String(index)) ?? ANY, false)
    // lists of text are split by the reader of the query, which knows the commas that were encoded
    const split = commas && !takesText(item.kinds())
    return (value) => {
      const values = Array.isArray(value) ? value : [value]
      return (split ? values.flatMap((one) => listOf(String(one))) : values).map((one, index) => {
        const convert = converterAt(index)
        return convert ? convert(one) : one
      })
    }
  }
  if (takesText(kinds)) return undefined
  return (value) => (typeof value === 'string' ? convertText(value, kinds) : value)
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
