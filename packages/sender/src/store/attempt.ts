/** Why an attempt did not deliver. */
export type AttemptReason =
  | 'status' // a response with a status other than 2xx
  | 'redirect' // a 3xx response; redirects are never followed
  | 'declaration' // a 2xx response whose body breaks the declaration: delivered all the same
  | 'timeout' // the deadline passed
  | 'network' // no connection, or a broken one
  | 'tls' // an invalid certificate, or no TLS
  | 'blocked' // the egress policy refused the address
  | 'proxy' // the egress proxy failed, which is not the endpoint's fault
  | 'local' // this machine had no DNS server or no descriptor, which is not the endpoint's fault
  | 'shutdown' // the sender was stopped during the attempt
  | 'internal' // the request could not be made at all

/** The part of a receiver's response that is recorded. */
export interface RecordedResponse {
  readonly headers: Readonly<Record<string, string>>
  /** The first 1024 characters of the body. */
  readonly body: string
}

/** One HTTP request of a delivery: written once, never changed. Times are milliseconds. */
export interface Attempt {
  readonly startedAt: number
  readonly duration: number
  /** Present when the receiver responded. */
  readonly status?: number
  readonly reason?: AttemptReason
  /** Why it failed, for operators only. */
  readonly detail?: string
  /** How many bytes of the response's body were read. */
  readonly bytes?: number
  /** How the body ended, unless it was read whole: at the sender's limit, or with the connection. */
  readonly body?: 'capped' | 'broken'
  readonly response?: RecordedResponse
  /** Its lease was lost meanwhile: another worker may have sent the delivery as well. */
  readonly isOrphan?: true
}
