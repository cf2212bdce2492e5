import type { Delivery } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { CredentialPlace } from '../store/delivery-store.ts'
import type { Credentials } from './credentials.ts'

// loaded with the first attempt that has credentials

/** The credentials of one attempt, as they are sent, and every text that must not be recorded. */
export interface GivenCredentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: string
  readonly confidential: readonly string[]
}

const VISIBLE = /^[\x20-\x7e]+$/
const COOKIE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/

/**
 * Asks for the credentials of one attempt.
 *
 * @throws {SenderError} with `credentials`, which never has what the application's function threw or gave
 */
export async function askForCredentials(
  delivery: Delivery,
  places: readonly CredentialPlace[],
  credentials: Credentials,
): Promise<GivenCredentials> {
  const headers: Record<string, string> = {}
  const cookies: string[] = []
  const query: string[] = []
  const confidential: string[] = []
  for (const place of places) {
    const value = await ask(delivery, place.scheme, credentials)
    const sent = write(place, value)
    for (const text of [value, sent]) confidential.push(text, encodeURIComponent(text))
    if (place.in === 'header')
      headers[place.name.toLowerCase()] = place.http ? `${place.http} ${sent}` : sent
    else if (place.in === 'cookie') cookies.push(`${place.name}=${sent}`)
    else query.push(`${encodeURIComponent(place.name)}=${sent}`)
  }
  if (cookies.length > 0) headers.cookie = cookies.join('; ')
  return { headers, query: query.join('&'), confidential }
}

async function ask(delivery: Delivery, scheme: string, credentials: Credentials): Promise<string> {
  const give = Object.hasOwn(credentials, scheme) ? credentials[scheme] : undefined
  if (give === undefined) throw refusal(scheme, 'are not given to this sender: add them')
  let value: unknown
  try {
    value = await give(delivery)
  } catch (error) {
    // its message may have the value
    const kind = error instanceof Error ? error.name : typeof error
    throw refusal(scheme, `were not given, since their function threw (${kind})`)
  }
  if (typeof value === 'string' && VISIBLE.test(value) && value.trim() === value) return value
  throw refusal(
    scheme,
    'are not valid: their function must give text of visible ASCII characters, without space at its ends',
  )
}

function write({ scheme, in: part, http }: CredentialPlace, value: string): string {
  if (part === 'query') return encodeURIComponent(value)
  if (part === 'cookie' && !COOKIE.test(value)) {
    throw refusal(scheme, 'have characters that no cookie can carry: encode them')
  }
  if (http?.toLowerCase() !== 'basic') return value
  if (!value.includes(':')) {
    throw refusal(scheme, "are not valid: give 'user:password', which is encoded for you")
  }
  return btoa(value)
}

function refusal(scheme: string, problem: string): SenderError {
  return new SenderError('credentials', `the credentials of '${scheme}' ${problem}`)
}
