import type {
  Delivery,
  OutgoingDefinition,
  SecurityRequirement,
  SecuritySchemeObject,
} from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { CredentialPlace } from '../store/delivery-store.ts'

/** Gives the credential of a scheme for one attempt: a token, a key, or `user:password` for basic. */
export type GiveCredential = (delivery: Delivery) => string | Promise<string>

/** Gives the credentials of callbacks, by the names of their security schemes. */
export type Credentials = Readonly<Record<string, GiveCredential>>

/** A callback or webhook, as far as its credentials go; the operationId of a webhook is empty. */
export interface Secured {
  readonly name: string
  readonly operationId: string
  readonly callback: Pick<OutgoingDefinition, 'security'>
}

/**
 * Gives where the credentials of a callback go, one place for each of its security requirements. Of alternatives, the
 * first that has credentials counts; `mutualTLS` and anonymous access need none.
 *
 * @throws {SenderError} with `credentials` when a requirement has none
 */
export function placeCredentials(
  { name, callback, operationId }: Secured,
  credentials: Credentials,
): readonly CredentialPlace[] {
  const place =
    operationId === '' ? `the webhook '${name}'` : `the callback '${name}' of '${operationId}'`
  const places = (callback.security ?? []).flatMap((alternatives: SecurityRequirement) => {
    const scheme = alternatives.find((one) => Object.hasOwn(credentials, one['~name']))
    if (scheme !== undefined) return placeOf(scheme['~name'], scheme['~object']) ?? []
    if (alternatives.some((one) => placeOf(one['~name'], one['~object']) === undefined)) return []
    const names = alternatives.map((one) => `'${one['~name']}'`).join(' or ')
    throw new SenderError(
      'credentials',
      `${place} is secured by ${names}, for which the sender has no credentials: give createSender({ credentials: { ${JSON.stringify(alternatives[0]?.['~name'])}: (delivery) => … } })`,
    )
  })
  for (const [index, one] of places.entries()) {
    const other = places.slice(index + 1).find((later) => clashes(one, later))
    if (other === undefined) continue
    throw new SenderError(
      'credentials',
      `${place} needs the credentials of '${one.scheme}' and '${other.scheme}' in one field, '${one.name}': give createSender the credentials of another alternative, or declare one of them`,
    )
  }
  return places
}

/** Whether the credentials of two schemes have one place. */
function clashes(one: CredentialPlace, other: CredentialPlace): boolean {
  const isSame =
    one.in === 'header'
      ? one.name.toLowerCase() === other.name.toLowerCase()
      : one.name === other.name
  return one.scheme !== other.scheme && one.in === other.in && isSame
}

function placeOf(scheme: string, object: SecuritySchemeObject): CredentialPlace | undefined {
  const authorization = { scheme, in: 'header', name: 'authorization' } as const
  switch (object.type) {
    case 'mutualTLS':
      return undefined
    case 'apiKey':
      return { scheme, in: object.in, name: object.name }
    case 'http': {
      const { scheme: http } = object
      if (http === 'none') return undefined // anonymous access
      return { ...authorization, http: http.charAt(0).toUpperCase() + http.slice(1) }
    }
    default:
      return { ...authorization, http: 'Bearer' }
  }
}
