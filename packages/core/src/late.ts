// The code that an app does not need to start: the first request that needs it loads it. A Worker is one file, in which
// code that is imported late is only longer: there, `#late` is `at-once.ts`.

/** Loads the handling of requests. */
export const loadHandler = (): Promise<typeof import('./hono/handler.ts')> =>
  import('./hono/handler.ts')

/** Loads what only some operations need. */
export const loadDeclared = (): Promise<typeof import('./hono/declared.ts')> =>
  import('./hono/declared.ts')

/** Loads the responses to refused requests, and the messages for broken responses. */
export const loadWords = (): Promise<typeof import('./hono/words.ts')> => import('./hono/words.ts')

/** Loads what writes events. */
export const loadEventData = (): Promise<typeof import('./hono/event-data.ts')> =>
  import('./hono/event-data.ts')

/** Loads what makes of a value that which leaves. */
export const loadSentValue = (): Promise<typeof import('./schemas/sent-value.ts')> =>
  import('./schemas/sent-value.ts')

/** Loads the document and its page. */
export const loadDocumentedApi = (): Promise<typeof import('./pages/documented-api.ts')> =>
  import('./pages/documented-api.ts')
