import type { AnySchema } from '../definition/schema.ts'
import { ANY, type Kind, type Outline } from '../schemas/outline/outline.ts'
import { outlineOf } from '../schemas/outline/outline-of.ts'

/** Fields as they came: text, or several where a name was repeated; forms also have files. */
export type Fields = Record<string, unknown>

/** Makes the values of some fields what their schemas take. Changes the object that it is given. */
export type Coerce = (fields: Fields) => void

/**
 * How fields become what the schema takes: text becomes a number, boolean, bigint or date where the field takes
 * no text, and an array where it takes one. What cannot be made into it stays as it was, for the schema to
 * refuse. `undefined` when every field takes text.
 */
export function coercion(
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

/** The names of the fields that take arrays of text, in which a comma that is not encoded separates. */
export function textLists(schema: AnySchema): ReadonlySet<string> | undefined {
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
    // a tuple's items are each converted by its own place
    const converterAt = (index: number) =>
      outline.item ? convertItem : conversionOf(outline.member(String(index)) ?? ANY, false)
    // in lists of text it is the reader of the query who splits: it alone knows which commas were encoded
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
  return (value) => (typeof value === 'string' ? made(value, kinds) : value)
}

/** The items of a list that commas separate; the space around them is none of theirs. */
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

function takesText(kinds: readonly Kind[]): boolean {
  return kinds.includes('string') || kinds.includes('unknown')
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i
const INTEGER = /^-?(?:0|[1-9]\d*)$/
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/i

function made(text: string, kinds: readonly Kind[]): unknown {
  if (kinds.includes('bigint') && INTEGER.test(text)) return BigInt(text)
  if (kinds.includes('number') && NUMBER.test(text)) return numberOf(text) ?? text
  if (kinds.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (kinds.includes('date') && DATE.test(text)) return dateOf(text) ?? text
  return text
}

/** `undefined` past the numbers that there are, where Number gives Infinity. */
function numberOf(text: string): number | undefined {
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}

/** `undefined` for a day that the calendar lacks, which Date would take for one of the next month. */
function dateOf(text: string): Date | undefined {
  const day = text.slice(0, 10)
  const midnight = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date
}
