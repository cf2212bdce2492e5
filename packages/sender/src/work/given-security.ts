import type { Credentials, Secured } from './credentials.ts'

// apart from the credentials of callbacks, which an application needs to start

/**
 * Gives a webhook with those of its security requirements that the sender has credentials for. Others are met by the
 * headers that its endpoints have of their own.
 */
export function givenSecurity(
  { name, operationId, callback }: Secured,
  credentials: Credentials,
): Secured {
  const security = callback.security?.filter((alternatives) =>
    alternatives.some((one) => Object.hasOwn(credentials, one['~name'])),
  )
  return { name, operationId, callback: security ? { security } : {} }
}
