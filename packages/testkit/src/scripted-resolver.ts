/** What a name resolves to: addresses, or the code of an error, as `ENOTFOUND` and `EAI_AGAIN`. */
export type Answer = readonly string[] | { readonly error: string }

/** A resolver for `guardedFetch({ resolve })`, and what it was asked. */
export interface ScriptedResolver {
  readonly asked: readonly string[]
  resolve(hostname: string): Promise<readonly { address: string; family: 4 | 6 }[]>
}

/**
 * Makes a resolver that gives one answer after the other, and repeats the last: so a name that is rebound to
 * another address can be played. Without an answer every name is unknown.
 *
 * @example
 * const { resolve } = scriptedResolver(['127.0.0.1'], ['10.0.0.1'])
 * await resolve('receiver.example') // [{ address: '127.0.0.1', family: 4 }]
 * await resolve('receiver.example') // [{ address: '10.0.0.1', family: 4 }]
 */
export function scriptedResolver(...answers: readonly Answer[]): ScriptedResolver {
  const asked: string[] = []
  return {
    asked,
    async resolve(hostname) {
      asked.push(hostname)
      const answer = answers[Math.min(asked.length, answers.length) - 1] ?? { error: 'ENOTFOUND' }
      if ('error' in answer) {
        throw Object.assign(new Error(`${answer.error}: ${hostname}`), { code: answer.error })
      }
      return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
  }
}
