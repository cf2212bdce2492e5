export const JSON_TYPE = 'application/json'
export const FORM_TYPE = 'application/x-www-form-urlencoded'
export const MULTIPART_TYPE = 'multipart/form-data'
export const EVENT_STREAM = 'text/event-stream'

/** A media type without its parameters, in lower case. */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Whether a body of this media type is JSON: `application/json`, or a type that ends in `+json`. */
export function isJson(essence: string): boolean {
  return essence === JSON_TYPE || essence.endsWith('+json')
}

/** The declared media type that a body falls under: its own, JSON for a `+json` one, or a range as `image/*`. */
export function declaredTypeOf(
  essence: string,
  content: Readonly<Record<string, unknown>>,
): string | undefined {
  const candidates = [
    essence,
    isJson(essence) ? JSON_TYPE : '',
    `${essence.split('/', 1)[0]}/*`,
    '*/*',
  ]
  return candidates.find((type) => Object.hasOwn(content, type))
}
