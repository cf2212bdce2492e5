/** The value that leaves, or the reason why JSON cannot hold the one that was given. */
export type SentValue =
  | { readonly value: unknown; readonly fault?: undefined }
  | {
      /** A pointer, and the rest of the sentence: `/n is Infinity, which JSON has no number for`. */
      readonly fault: string
    }

/** Whether members that a schema does not name leave. */
export type Undeclared = 'keep' | 'remove'
