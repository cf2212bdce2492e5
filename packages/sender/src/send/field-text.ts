/** A value of a header, a query or a form as text, or why it has none. */
export type FieldText =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly problem: string }

/** Writes a value as text: one for a scalar, one for each item of a list, none for `undefined`. */
export function writeField(value: unknown): FieldText {
  if (value === undefined) return { ok: true, texts: [] }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (items.length === 0) return refuse('is an empty list, which no text can spell: leave it out')
  const texts: string[] = []
  for (const item of items) {
    const text = textOf(item)
    if (text === undefined) {
      return refuse(
        'cannot be written as text: give text, a finite number, a boolean, a date, or a list of them',
      )
    }
    if (!text.isWellFormed()) return refuse('has an unpaired surrogate')
    texts.push(text)
  }
  return { ok: true, texts }
}

function refuse(problem: string): FieldText {
  return { ok: false, problem }
}

function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined
    case 'boolean':
    case 'bigint':
      return String(value)
    default:
      return value instanceof Date && !Number.isNaN(value.getTime())
        ? value.toISOString()
        : undefined
  }
}
