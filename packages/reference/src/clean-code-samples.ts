import type { OperationObject } from '@ringback/core/internal'

const NO_LANGUAGE = /[^\w+#.-]+/g

/**
 * Leaves only characters of names in the languages of an operation's code samples, such as those of `x-codeSamples`:
 * Scalar writes a language into the page as it is.
 */
export function cleanCodeSamples(operation: OperationObject): OperationObject {
  const fields = Object.entries(operation).map(([name, value]) => [
    name,
    name.startsWith('x-') ? clean(value, name.startsWith('x-stainless-')) : value,
  ])
  // the same fields, of the same types
  return Object.fromEntries(fields) as OperationObject
}

/** Cleans `lang` and `language` wherever they stand; in Stainless's fields languages are names of members. */
function clean(value: unknown, areNamesLanguages: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => clean(one, areNamesLanguages))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, member]) => [
    areNamesLanguages ? name.replace(NO_LANGUAGE, '') : name,
    /^lang(?:uage)?$/.test(name)
      ? String(member).replace(NO_LANGUAGE, '')
      : clean(member, areNamesLanguages),
  ])
  return Object.fromEntries(entries)
}
