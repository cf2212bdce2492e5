// constants that a bundler may define as `false`, which leaves code out; docs/workers.md has them

declare global {
  /**
   * The checks of definitions, which a build step has made of the same operations. Each check asks by itself, since a
   * bundler leaves out only what it sees to be unreachable in one function.
   */
  const __RINGBACK_CHECKS__: boolean | undefined

  /** The code of the document, which Workers need not have. */
  const __RINGBACK_DOCUMENT__: boolean | undefined

  /** The code that only schemas of other libraries than valibot need. */
  const __RINGBACK_OTHER_SCHEMAS__: boolean | undefined
}

export {}
