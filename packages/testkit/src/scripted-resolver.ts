/** The result of a lookup: addresses, or the code of an error, such as `ENOTFOUND` or `EAI_AGAIN`. */
export type ScriptedLookup = readonly string[] | { readonly error: string }

/** A resolver for `guardedFetch({ resolve })`. */
export interface ScriptedResolver {
  /** The names that were looked up, in order. */
  readonly hostnames: readonly string[]
  resolve(hostname: string): Promise<readonly { address: string; family: 4 | 6 }[]>
}

/**
 * Creates a resolver that returns one scripted result after the other, and repeats the last, such as for a name that
 * is rebound to another address. Without a script every name is unknown.
 *
 * @example
 * const { resolve } = scriptedResolver(['127.0.0.1'], ['10.0.0.1'])
 * await resolve('receiver.example') // [{ address: '127.0.0.1', family: 4 }]
 * await resolve('receiver.example') // [{ address: '10.0.0.1', family: 4 }]
 */
export function scriptedResolver(...script: readonly ScriptedLookup[]): ScriptedResolver {
  const hostnames: string[] = []
  return {
    hostnames,
    async resolve(hostname) {
      hostnames.push(hostname)
      const result = script[Math.min(hostnames.length, script.length) - 1] ?? { error: 'ENOTFOUND' }
      if ('error' in result) {
        throw Object.assign(
          new Error(`the lookup of ${hostname} failed with ${result.error}, as scripted`),
          { code: result.error },
        )
      }
      return result.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
  }
}
