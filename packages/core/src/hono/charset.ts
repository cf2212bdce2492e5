import { FORM_TYPE, isJson } from '../definition/media-type.ts'

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i
const DECODER = new TextDecoder('utf-8', { fatal: true })

/** Decodes UTF-8; throws a `TypeError` for bytes that are not UTF-8. */
export function decodeUtf8(bytes: ArrayBuffer): string {
  return DECODER.decode(bytes)
}

/** True unless a content-type says that its text is of another charset than UTF-8, or US-ASCII, which is part of it. */
export function isUtf8(essence: string | undefined, header: string | undefined): boolean {
  if (essence === undefined || header === undefined) return true
  const charset = CHARSET.exec(header)?.[1]
  if (charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)) return true
  return !(isJson(essence) || essence === FORM_TYPE || essence.startsWith('text/'))
}
