export const JSON_TYPE = 'application/json'
export const FORM_TYPE = 'application/x-www-form-urlencoded'
export const MULTIPART_TYPE = 'multipart/form-data'
export const EVENT_STREAM = 'text/event-stream'

/** The type and subtype of a media type in lower case, without parameters. */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** True for JSON media types: `application/json`, or a type that ends in `+json`. */
export function isJson(essence: string): boolean {
  return essence === JSON_TYPE || essence.endsWith('+json')
}

/** The declared media type that matches a body: its own, JSON for a `+json` type, or a range such as `image/*`. */
export function declaredTypeOf(
  essence: string,
  content: Readonly<Record<string, unknown>>,
): string | undefined {
  if (Object.hasOwn(content, essence)) return essence // at most requests
  const candidates = [
    essence,
    isJson(essence) ? JSON_TYPE : '',
    `${essence.split('/', 1)[0]}/*`,
    '*/*',
  ]
  for (const candidate of candidates) {
    const written = writtenTypeOf(candidate, content)
    if (written !== undefined) return written
  }
  return undefined
}

/** The declared media type that has a type and subtype, as it is written: `Text/CSV; charset=utf-8` for `text/csv`. */
export function writtenTypeOf(
  essence: string,
  content: Readonly<Record<string, unknown>>,
): string | undefined {
  if (Object.hasOwn(content, essence)) return essence
  return Object.keys(content).find((type) => essenceOf(type) === essence)
}
