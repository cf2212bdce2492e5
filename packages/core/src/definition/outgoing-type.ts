import { CoreError } from './errors.ts'
import { essenceOf, MULTIPART_TYPE } from './media-type.ts'

// RFC 9110, 8.3.1: a type and a subtype, then parameters of printable characters
const MEDIA_TYPE = /^[!#$&^_.+\w-]+\/[!#$&^_.+\w-]+\s*(?:;[\x20-\x7e]*)?$/

/**
 * Refuses a media type that no callback can send.
 *
 * @throws {CoreError} with `schema`
 */
export function checkOutgoingType(mediaType: string, owner: string): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  const claim = `${owner} declares a body of the media type '${mediaType}'`
  if (!MEDIA_TYPE.test(mediaType)) {
    throw new CoreError(
      'schema',
      `${claim}, which is not one: give a type and a subtype, such as text/csv`,
    )
  }
  if (essenceOf(mediaType).startsWith('multipart/')) {
    throw new CoreError(
      'schema',
      `${claim}, which callbacks do not send: use application/x-www-form-urlencoded, or send a file in its own media type instead of ${MULTIPART_TYPE}`,
    )
  }
  const charset = /;\s*charset="?([^\s";]*)/i.exec(mediaType)?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new CoreError('schema', `${claim}, but text is sent as UTF-8: leave the charset out`)
  }
}
