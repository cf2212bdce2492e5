import type { OutgoingPart } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { AnySchema } from '../definition/schema.ts'
import { outlineOf } from '../schemas/outline-of.ts'

// set for each attempt by the sender, or by the connection
const OWN =
  /^(?:webhook-.*|idempotency-key|content-(?:type|length|encoding)|accept-encoding|user-agent|host|connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|expect)$/i
const CREDENTIALS = /^(?:authorization|proxy-authorization|cookie)$/i
// RFC 9110, 5.1
const NAME = /^[!#$%&'*+.^_`|~\da-z-]+$/i

/**
 * Checks the schema of a callback's headers or query, and gives which names it takes.
 *
 * @throws {CoreError} with `schema` for a schema that is no object, and for a header that callbacks cannot have
 */
export function outgoingFields(
  part: OutgoingPart,
  schema: AnySchema,
  owner: string,
): (name: string) => boolean {
  const outline = outlineOf(schema, 'input')
  if (typeof __RINGBACK_CHECKS__ === 'undefined' || __RINGBACK_CHECKS__) {
    if (!outline.kinds().includes('unknown')) {
      throw new CoreError(
        'schema',
        `${owner} declares its ${part} with a schema that is no object: give an object with a member for each field`,
      )
    }
    if (part === 'headers') for (const name of outline.names) refuseOwnHeader(name, owner)
  }
  return (name) => {
    if (outline.member(name) === undefined) return false
    // a schema that takes any name has refused none yet
    if (part === 'headers') refuseOwnHeader(name, owner)
    return true
  }
}

/**
 * Refuses the name of a header that is not the callback's own.
 *
 * @throws {CoreError} with `schema`
 */
export function refuseOwnHeader(name: string, owner: string): void {
  const claim = `${owner} declares the header '${name}'`
  if (CREDENTIALS.test(name)) {
    throw new CoreError(
      'schema',
      `${claim}, which carries credentials, and those must not be stored: declare it by .security(…), and give them to createSender({ credentials })`,
    )
  }
  if (OWN.test(name)) {
    throw new CoreError(
      'schema',
      `${claim}, which the sender sets itself: leave it out, or give it another name`,
    )
  }
  if (!NAME.test(name)) {
    throw new CoreError(
      'schema',
      `${claim}, which is no name of a header: use letters, digits and -`,
    )
  }
}
