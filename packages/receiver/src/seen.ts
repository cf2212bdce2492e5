/** A response as it is kept: members that JSON can write. */
export interface SeenResponse {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/**
 * Remembers the callbacks that a receiver has handled, so that a duplicate gets the response of the first, and is not
 * handled again. `memorySeen()` is one; several processes need one of their own, over their database.
 *
 * A key is the id of a message together with the parameters of the path. Methods may return promises. If one rejects
 * before the handler runs, the receiver throws the error, so that the sender tries again.
 */
export interface SeenStore {
  /**
   * Claims a key: `'new'` if nobody has it, `'running'` while another call has it, or the response kept with it. Two
   * calls at the same time must not both get `'new'`.
   */
  begin(key: string): SeenResult | Promise<SeenResult>
  /** Keeps the response of a claimed key, when the callback was handled. */
  complete(key: string, response: SeenResponse): void | Promise<void>
  /** Lets a claimed key go, when the callback was not handled: the next one is new. */
  release(key: string): void | Promise<void>
}

/** The state of a key when it was claimed. */
export type SeenResult = 'new' | 'running' | SeenResponse
