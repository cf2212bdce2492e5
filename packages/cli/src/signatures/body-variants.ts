/** Other bytes that a sender may have signed, when a body was changed on its way or in its file. */
export interface BodyVariant {
  /** Says how the signed body differs from the one that is here. */
  readonly description: string
  readonly text: string
}

/** Lists what a body may have been before it was parsed and written again, or edited. */
export function bodyVariants(text: string): BodyVariant[] {
  const trimmed = text.replace(/\s+$/, '')
  const variants: BodyVariant[] = [
    { description: 'without the white space at its end', text: trimmed },
    { description: 'with a line feed at its end', text: `${trimmed}\n` },
    { description: 'with line feeds alone', text: text.replaceAll('\r\n', '\n') },
    { description: 'with CRLF line ends', text: text.replace(/\r?\n/g, '\r\n') },
    { description: 'without a byte order mark', text: text.replace(/^\uFEFF/, '') },
  ]
  return [...variants, ...jsonVariants(text)].filter((one) => one.text !== text)
}

function jsonVariants(text: string): BodyVariant[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const writers: readonly (readonly [string, (value: unknown) => string])[] = [
    ['as JSON without spaces', (one) => JSON.stringify(one)],
    ['as JSON indented by two spaces', (one) => JSON.stringify(one, null, 2)],
    ['as JSON indented by four spaces', (one) => JSON.stringify(one, null, 4)],
    ['as JSON indented by tabs', (one) => JSON.stringify(one, null, '\t')],
    ['as JSON with a space after each comma and colon', writeSpaced],
  ]
  const orders: readonly (readonly [string, unknown])[] = [
    ['', value],
    [', its members sorted', sortMembers(value)],
  ]
  const escapes: readonly (readonly [string, (text: string) => string])[] = [
    ['', (one) => one],
    [', other characters than ASCII escaped', escapeUnicode],
    [', slashes escaped', (one) => one.replaceAll('/', '\\/')],
  ]
  return orders.flatMap(([order, one]) =>
    writers.flatMap(([description, write]) =>
      escapes.map(([escaped, replace]) => ({
        description: `${description}${order}${escaped}`,
        text: replace(write(one)),
      })),
    ),
  )
}

/** As Python's `json.dumps` writes. */
function writeSpaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeSpaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${writeSpaced(member)}`,
  )
  return `{${members.join(', ')}}`
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, member]) => [name, sortMembers(member)]))
}

function escapeUnicode(text: string): string {
  return text.replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
