import type { Fields } from './coerce.ts'

/** Fields that inherit nothing, so that parameters can have any name; read faster than `Object.create(null)`. */
class BareFields {
  [name: string]: unknown
}
Object.setPrototypeOf(BareFields.prototype, null)
Reflect.deleteProperty(BareFields.prototype, 'constructor')

/**
 * Parses the query of a URL: one value is a string, several are an array. The values of parameters in `lists` are
 * split at each comma that is not percent-encoded.
 */
export function queryOf(url: string, lists: ReadonlySet<string> | undefined): Fields {
  const fields: Fields = new BareFields()
  const start = url.indexOf('?')
  if (start < 0) return fields
  const hash = url.indexOf('#', start)
  const end = hash < 0 ? url.length : hash

  for (let at = start + 1; at < end; ) {
    const amp = url.indexOf('&', at)
    const stop = amp < 0 || amp > end ? end : amp
    if (stop > at) {
      // sought in the parameter only: a search to the end of the query would take quadratic time
      const parameter = url.slice(at, stop)
      const equals = parameter.indexOf('=')
      const name = decode(equals < 0 ? parameter : parameter.slice(0, equals))
      const value = equals < 0 ? '' : parameter.slice(equals + 1)
      if (lists?.has(name))
        for (const item of value.split(',')) addField(fields, name, decode(item))
      else addField(fields, name, decode(value))
    }
    at = stop + 1
  }
  return fields
}

/** Adds a value to the fields; the values of a repeated name are a list. */
export function addField(fields: Fields, name: string, value: unknown): void {
  const other = fields[name]
  if (other === undefined) fields[name] = value
  else if (Array.isArray(other)) other.push(value)
  else fields[name] = [other, value]
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    // not every client encodes a percent sign: the text is kept as sent
    return spaced
  }
}
