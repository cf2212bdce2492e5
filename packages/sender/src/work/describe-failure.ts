import { FetchError } from 'ofetch'
import { findEgressError } from '../transport/egress/find-egress-error.ts'
import type { AttemptOutcome, FailureReason } from './outcome.ts'

type Failure = Extract<AttemptOutcome, { kind: 'failed' }>

// this machine's own, whatever receiver the request was for
const LOCAL_CODES = ['NO_DNS_SERVER', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']
const TLS_CODE = /CERT|TLS|SSL|SIGNATURE|HOSTNAME_MISMATCH/

/** Gives the outcome of a request that threw; its detail never has the error's message, which may contain an address. */
export function describeFailure(error: unknown): Failure {
  const refusal = findEgressError(error)
  if (refusal) return fail(refusal.code === 'proxy' ? 'proxy' : 'blocked', refusal.reason)
  // ofetch wraps every error of the transport
  if (error instanceof FetchError) {
    const code = findNetworkCode(error) ?? 'the connection failed'
    if (LOCAL_CODES.includes(code)) return fail('local', `this machine could not connect: ${code}`)
    return fail(TLS_CODE.test(code) ? 'tls' : 'network', `no response: ${code}`)
  }
  // any other error comes from the application, for example from its function redact
  return fail('internal', COULD_NOT_BE_MADE)
}

export const COULD_NOT_BE_MADE = 'the request could not be signed or made'

function fail(why: FailureReason, detail: string): Failure {
  return { kind: 'failed', why, detail }
}

/** Finds the code of the innermost error, such as `ECONNREFUSED`. */
function findNetworkCode(error: unknown): string | undefined {
  let current: unknown = error
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    // by shape: the errors of a transport have no common class
    const { code, errors, cause } = current as { code?: unknown; errors?: unknown; cause?: unknown }
    if (typeof code === 'string') return code
    current = Array.isArray(errors) ? errors[0] : cause
  }
  return undefined
}
